#include "goodfit/compute/engine/lives.hpp"

#include <algorithm>
#include <limits>

namespace goodfit {
namespace {

constexpr Size line = 16;  // floats in a cache line
constexpr int never = std::numeric_limits<int>::max();
constexpr Moment before_all{0, 0}, after_all{never, never};

// What threads may find in memory of their own, if nobody else reads it.
bool may_be_local(const Plan& plan, const Node& node, const Moment& born) {
  return plan.threads > 0 && born.chain >= 0 && born.stage >= plan.lasting_stages && node.batched;
}

Life begun(const Plan& plan, Id id, const Moment& born) {
  const Node& node = plan.graph().node(id);
  Life life{.id = id, .born = born, .dies = born};
  life.floats = node.op ? node.op->floats(node.shape) : node.shape.count();
  life.row = node.batched ? node.shape.row() : 0;
  // Constants are filled once and stay; so does what was fed, for whoever wants to look at it.
  // What lasts is made once.
  if (!node.op || born.stage < plan.lasting_stages) life.dies = after_all;
  return life;
}

}  // namespace

std::vector<Moment> moments_of(const Plan& plan) {
  std::vector<Moment> all(plan.graph().nodes().size());
  int number = 0, chain = 0;
  for (std::size_t s = 0; s < plan.stages.size(); ++s) {
    for (const Id id : plan.stages[s].before) all[std::size_t(id)] = {++number, int(s)};
    for (const OpChain& one : plan.stages[s].chains) {
      for (const Id id : one.ops) all[std::size_t(id)] = {++number, int(s), chain, one.rows};
      ++chain;
    }
    for (const Id id : plan.stages[s].tiled) all[std::size_t(id)] = {++number, int(s)};
  }
  return all;
}

std::vector<Life> lives_of(const Plan& plan) {
  const Graph& graph = plan.graph();
  const std::vector<Moment> moments = moments_of(plan);
  std::vector<Life> lives(moments.size());
  const auto life_of = [&](Id id) -> Life& {
    return lives[std::size_t(plan.storage[std::size_t(id)])];
  };
  const auto reads = [&](Id id, const Moment& moment) {
    Life& life = life_of(id);
    if (life.dies.number < moment.number) life.dies = moment;
    if (moment.stage != life.born.stage || moment.chain < 0) life.local = false;
  };
  for (Id id = 0; id < Id(lives.size()); ++id) {
    const Node& node = graph.node(id);
    const Moment& moment = moments[std::size_t(id)];
    const bool fed = node.source == Source::input || node.source == Source::target;
    if (moment.number == 0 && !fed && node.source != Source::constant) continue;
    if (plan.storage[std::size_t(id)] == id) {
      Life& life = lives[std::size_t(id)] = begun(plan, id, node.op ? moment : before_all);
      life.local = may_be_local(plan, node, moment);
      for (std::size_t i = 0; node.op && i < node.inputs.size(); ++i)
        if (node.op->may_overwrite(int(i))) {
          const Life& input = life_of(node.inputs[i]);
          if (input.id >= 0 && input.floats == life.floats && input.row == life.row &&
              graph.node(input.id).op)
            life.heir_of = input.id;
        }
    }
    for (const Id input : node.inputs) reads(input, moment);
  }
  for (const Id root : plan.draft.roots) reads(root, after_all);
  std::vector<Life> list;
  for (Life& life : lives) {
    if (life.id < 0) continue;
    if (life.heir_of >= 0) {
      const Life& input = lives[std::size_t(life.heir_of)];
      // In the place of what every shard has anyway it takes no memory more, and no cache either.
      if (!input.local && input.dies.number == life.born.number) life.local = false;
      if (input.local != life.local) life.heir_of = -1;
    }
    if (life.local) life.floats = life.row * std::min(graph.rows(), graph.shard_rows());
    life.floats = (life.floats + line - 1) / line * line;
    list.push_back(life);
  }
  return list;
}

Size most_alive(const std::vector<Life>& lives) {
  struct Change {
    int moment;
    Size by;
  };
  std::vector<int> handed_on(lives.empty() ? 0 : std::size_t(lives.back().id) + 1);  // to an heir
  for (const Life& heir : lives)
    if (heir.heir_of >= 0) handed_on[std::size_t(heir.heir_of)] = heir.born.number;
  std::vector<Change> changes;
  for (const Life& life : lives) {
    const bool overwritten = handed_on[std::size_t(life.id)] == life.dies.number;
    changes.push_back({life.born.number, life.floats});
    if (life.dies.number != never)
      changes.push_back({life.dies.number + (overwritten ? 0 : 1), -life.floats});
  }
  std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    return std::pair(a.moment, a.by) < std::pair(b.moment, b.by);  // what dies goes first
  });
  Size alive = 0, most = 0;
  for (const Change& change : changes) most = std::max(most, alive += change.by);
  return most;
}

}  // namespace goodfit
