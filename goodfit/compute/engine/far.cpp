// Far values: those that are read again only after more than a cache holds.
//
// A store reads its line into the cache first and holds it there. For a far value both are for
// nothing; it is written past the caches, which saves a third of the traffic of a copy.
#include "goodfit/compute/engine/plan.hpp"

namespace goodfit {
namespace {

struct Place {
  int stage = -1, chain = -1;
};

std::vector<Place> places_of(const Plan& plan) {
  std::vector<Place> places(plan.graph().nodes().size());
  for (std::size_t s = 0; s < plan.stages.size(); ++s) {
    const std::vector<OpChain>& chains = plan.stages[s].chains;
    for (std::size_t c = 0; c < chains.size(); ++c)
      for (const Id id : chains[c].ops) places[std::size_t(id)] = {int(s), int(c)};
  }
  return places;
}

// An op that writes where it reads finds the line in its cache.
bool overwrites(const Plan& plan, const Node& node, Id id) {
  const auto place = [&](Id of) { return plan.offset[std::size_t(plan.storage[std::size_t(of)])]; };
  return std::any_of(node.inputs.begin(), node.inputs.end(),
                     [&](Id input) { return place(input) == place(id); });
}

}  // namespace

std::vector<bool> far_values(const Plan& plan, Size far) {
  const Graph& graph = plan.graph();
  const std::vector<Place> places = places_of(plan);
  std::vector<Size> written(places.size());  // of it until it is read
  for (Id id = 0; id < Id(places.size()); ++id) {
    const Node& node = graph.node(id);
    const Place& here = places[std::size_t(id)];
    if (here.stage >= 0 && node.batched && !overwrites(plan, node, id))
      written[std::size_t(id)] = node.shape.count();
    for (const Id input : node.inputs) {
      const Id origin = plan.storage[std::size_t(input)];
      const Place& there = places[std::size_t(origin)];
      if (here.stage < 0 || there.stage != here.stage) continue;
      const Size rows =
          there.chain == here.chain
              ? plan.stages[std::size_t(here.stage)].chains[std::size_t(here.chain)].rows
              : graph.shard_rows();
      Size& until = written[std::size_t(origin)];
      until = std::min(until, rows * graph.node(origin).shape.row());
    }
  }
  std::vector<bool> all(places.size());
  for (std::size_t id = 0; id < all.size(); ++id) all[id] = written[id] > 0 && written[id] >= far;
  return all;
}

}  // namespace goodfit
