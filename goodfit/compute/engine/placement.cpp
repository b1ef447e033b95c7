// Where each value lies: one arena, shared by lifetime.
//
// A moment is one op in the order of the plan. Inside a segment, threads are at different moments
// on different shards, so two values of one stage may share memory only if their shards lie in the
// same place: equal floats per sample and the same offset. Otherwise a value occupies its memory
// for whole stages. Among local values the same holds of chains and the samples that they take at a
// time.
#include "goodfit/base/error.hpp"
#include "goodfit/compute/engine/lives.hpp"

namespace goodfit {
namespace {

bool overlap_in_moments(const Life& a, const Life& b) {
  const Life& first = a.born.number <= b.born.number ? a : b;
  const Life& second = a.born.number <= b.born.number ? b : a;
  if (second.heir_of == first.id && first.dies.number == second.born.number) return false;
  return second.born.number <= first.dies.number;
}

enum class Clash { never, unless_aligned, always };

Clash clash(const Life& a, const Life& b) {
  if (a.last() < b.first() || b.last() < a.first()) return Clash::never;
  if (overlap_in_moments(a, b)) return Clash::always;
  return a.row == b.row && a.row > 0 ? Clash::unless_aligned : Clash::always;
}

// Best fit: the lowest place where nothing clashes.
Size lowest_place(const Life& life, const std::vector<Life>& placed,
                  const std::vector<Size>& offset) {
  std::vector<Size> candidates{0};
  for (const Life& other : placed) {
    if (clash(life, other) == Clash::never) continue;
    const Size at = offset[std::size_t(other.id)];
    candidates.push_back(at + other.floats);
    candidates.push_back(at);
  }
  std::sort(candidates.begin(), candidates.end());
  for (const Size at : candidates) {
    const bool free = std::none_of(placed.begin(), placed.end(), [&](const Life& other) {
      const Size there = offset[std::size_t(other.id)];
      if (at + life.floats <= there || there + other.floats <= at) return false;
      const Clash kind = clash(life, other);
      return kind == Clash::always || (kind == Clash::unless_aligned && at != there);
    });
    if (free) return at;
  }
  must(false, "the end of the last value is always free");
  return 0;
}

// Gives each a place, the largest first, so that the rest finds places between; how many floats
// that takes.
Size place(std::vector<Life> lives, bool share_memory, std::vector<Size>& offset) {
  std::stable_sort(lives.begin(), lives.end(),
                   [](const Life& a, const Life& b) { return a.floats > b.floats; });
  Size all = 0;
  std::vector<Life> placed;
  for (const Life& life : lives) {
    const Size at = share_memory ? lowest_place(life, placed, offset) : all;
    offset[std::size_t(life.id)] = at;
    all = std::max(all, at + life.floats);
    placed.push_back(life);
  }
  return all;
}

// The local values of a stage, for all threads, as one value that lives for the stage.
Life piece(const Plan& plan, int stage, const std::vector<Life>& locals) {
  const Id id = Id(plan.graph().nodes().size()) + stage;
  Life life{.id = id, .born = locals.front().born, .dies = locals.front().dies};
  for (const Life& one : locals)
    if (one.dies.number > life.dies.number) life.dies = one.dies;
  life.floats = plan.threads * plan.stages[std::size_t(stage)].local_floats;
  return life;
}

void find_storage(Plan& plan) {
  const Graph& graph = plan.graph();
  plan.storage.resize(graph.nodes().size());
  for (Id id = 0; id < Id(plan.storage.size()); ++id) {
    const Node& node = graph.node(id);
    const bool view = node.op && node.op->is_view();
    plan.storage[std::size_t(id)] = node.assigned >= 0 ? node.assigned
                                    : view             ? plan.storage[std::size_t(node.inputs[0])]
                                                       : id;
  }
}

}  // namespace

void place_values(Plan& plan, bool share_memory) {
  find_storage(plan);
  const std::size_t count = plan.storage.size();
  std::vector<Size> offset(count + plan.stages.size(), -1);  // of the values, then of the pieces
  std::vector<Life> lives = lives_of(plan), shared;
  std::vector<std::vector<Life>> locals(plan.stages.size());
  plan.local.assign(count, false);
  for (Life& life : lives) {
    plan.local[std::size_t(life.id)] = life.local;
    (life.local ? locals[std::size_t(life.born.stage)] : shared).push_back(life);
    if (life.local) life.floats *= plan.threads;
  }
  plan.bound_floats = most_alive(lives);
  for (std::size_t s = 0; s < locals.size(); ++s) {
    if (locals[s].empty()) continue;
    plan.stages[s].local_floats = place(locals[s], share_memory, offset);
    shared.push_back(piece(plan, int(s), locals[s]));
  }
  plan.arena_floats = place(shared, share_memory, offset);
  for (std::size_t s = 0; s < locals.size(); ++s)
    for (const Life& life : locals[s]) offset[std::size_t(life.id)] += offset[count + s];
  plan.offset.assign(offset.begin(), offset.begin() + std::ptrdiff_t(count));
}

}  // namespace goodfit
