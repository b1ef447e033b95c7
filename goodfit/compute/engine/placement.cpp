// Where each value lies: one arena, shared by lifetime.
//
// A moment is one op in the order of the plan. A value lives from the moment that makes it to the
// last that reads it. Inside a segment, threads are at different moments on different shards, so
// two values of one stage may share memory only if their shards lie in the same place: equal floats
// per sample and the same offset. Otherwise a value occupies its memory for whole stages.
#include <algorithm>
#include <map>

#include "goodfit/base/error.hpp"
#include "goodfit/compute/engine/plan.hpp"

namespace goodfit {
namespace {

struct Life {
  Id id;
  Size floats = 0;          // in the arena, rounded up to a cache line
  Size row = 0;             // floats per sample; 0 when it is not batched
  int born = 0, dies = 0;   // moments, both included
  int first = 0, last = 0;  // stages, both included
  Id heir_of = -1;          // the value whose memory the op that makes this one may overwrite
};

constexpr Size line = 16;  // floats in a cache line

struct Moments {
  std::map<Id, int> moment, stage;
  int end = 0;
};

Moments moments_of(const Plan& plan) {
  Moments all;
  for (std::size_t s = 0; s < plan.stages.size(); ++s)
    for (const auto* list :
         {&plan.stages[s].before, &plan.stages[s].segment, &plan.stages[s].tiled})
      for (const Id id : *list) {
        all.moment[id] = ++all.end;
        all.stage[id] = int(s);
      }
  return all;
}

std::vector<Life> lives_of(const Plan& plan, const Moments& all) {
  const Graph& graph = plan.graph();
  std::map<Id, Life> lives;
  const auto reads = [&](Id id, int moment, int stage) {
    const auto found = lives.find(plan.storage[std::size_t(id)]);
    if (found == lives.end()) return;
    found->second.dies = std::max(found->second.dies, moment);
    found->second.last = std::max(found->second.last, stage);
  };
  for (Id id = 0; id < Id(graph.nodes().size()); ++id) {
    const Node& node = graph.node(id);
    const auto moment = all.moment.find(id);
    const bool fed = node.source == Source::input || node.source == Source::target;
    if (moment == all.moment.end() && !fed && node.source != Source::constant) continue;
    const int born = node.op ? moment->second : 0, stage = node.op ? all.stage.at(id) : 0;
    if (plan.storage[std::size_t(id)] == id) {
      Life life{.id = id, .born = born, .dies = born, .first = stage, .last = stage};
      life.floats = (node.op ? node.op->floats(node.shape) : node.shape.count()) + line - 1;
      life.floats -= life.floats % line;
      life.row = node.batched ? node.shape.row() : 0;
      // Constants are filled once and stay; so does what was fed, for whoever wants to look at it.
      // What lasts is made once.
      if (!node.op || stage < int(plan.lasting_stages))
        life.dies = all.end, life.last = int(plan.stages.size());
      for (std::size_t i = 0; node.op && i < node.inputs.size(); ++i) {
        const auto input = lives.find(plan.storage[std::size_t(node.inputs[i])]);
        if (node.op->may_overwrite(int(i)) && input != lives.end() &&
            input->second.floats == life.floats && input->second.row == life.row &&
            graph.node(input->first).source == Source::op)
          life.heir_of = input->first;
      }
      lives[id] = life;
    }
    if (node.op)
      for (const Id input : node.inputs) reads(input, born, stage);
  }
  for (const Id root : plan.draft.roots) reads(root, all.end + 1, int(plan.stages.size()));
  std::vector<Life> list;
  for (const auto& [id, life] : lives) list.push_back(life);
  return list;
}

bool overlap_in_moments(const Life& a, const Life& b) {
  const Life& first = a.born <= b.born ? a : b;
  const Life& second = a.born <= b.born ? b : a;
  if (second.heir_of == first.id && first.dies == second.born) return false;
  return second.born <= first.dies;
}

enum class Clash { never, unless_aligned, always };

Clash clash(const Life& a, const Life& b) {
  if (a.last < b.first || b.last < a.first) return Clash::never;
  if (overlap_in_moments(a, b)) return Clash::always;
  return a.row == b.row && a.row > 0 ? Clash::unless_aligned : Clash::always;
}

// The floats alive at the worst moment; what an op overwrites counts once.
Size most_alive(const std::vector<Life>& lives, int end) {
  std::map<Id, int> handed_on;  // value → the moment at which an heir takes its memory
  for (const Life& heir : lives)
    if (heir.heir_of >= 0) handed_on[heir.heir_of] = heir.born;
  std::vector<Size> change(std::size_t(end) + 3, 0);
  for (const Life& life : lives) {
    const auto heir = handed_on.find(life.id);
    const bool overwritten = heir != handed_on.end() && heir->second == life.dies;
    change[std::size_t(life.born)] += life.floats;
    change[std::size_t(life.dies) + (overwritten ? 0 : 1)] -= life.floats;
  }
  Size alive = 0, most = 0;
  for (const Size by : change) most = std::max(most, alive += by);
  return most;
}

// Best fit in order of size: the lowest place where nothing clashes.
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

}  // namespace

void place_values(Plan& plan, bool share_memory) {
  const Graph& graph = plan.graph();
  const std::size_t count = graph.nodes().size();
  plan.offset.assign(count, -1);
  plan.storage.resize(count);
  for (Id id = 0; id < Id(count); ++id) {
    const Node& node = graph.node(id);
    const bool view = node.op && node.op->is_view();
    plan.storage[std::size_t(id)] = node.assigned >= 0 ? node.assigned
                                    : view             ? plan.storage[std::size_t(node.inputs[0])]
                                                       : id;
  }
  const Moments all = moments_of(plan);
  std::vector<Life> lives = lives_of(plan, all);
  plan.bound_floats = most_alive(lives, all.end);
  std::stable_sort(lives.begin(), lives.end(),
                   [](const Life& a, const Life& b) { return a.floats > b.floats; });
  std::vector<Life> placed;
  for (const Life& life : lives) {
    const Size at = share_memory ? lowest_place(life, placed, plan.offset) : plan.arena_floats;
    plan.offset[std::size_t(life.id)] = at;
    plan.arena_floats = std::max(plan.arena_floats, at + life.floats);
    placed.push_back(life);
  }
}

}  // namespace goodfit
