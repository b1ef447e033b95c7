// Far values: those that are read again only after more than a cache holds.
//
// A store reads its line into the cache first and holds it there. For a far value both are for
// nothing; it is written past the caches, which saves a third of the traffic of a copy.
#include "goodfit/compute/engine/lives.hpp"

namespace goodfit {
namespace {

// An op that writes where it reads finds the line in its cache.
bool overwrites(const Plan& plan, const Node& node, Id id) {
  const auto place = [&](Id of) { return plan.offset[std::size_t(plan.storage[std::size_t(of)])]; };
  return std::any_of(node.inputs.begin(), node.inputs.end(),
                     [&](Id input) { return place(input) == place(id); });
}

}  // namespace

std::vector<bool> far_values(const Plan& plan, Size far) {
  const Graph& graph = plan.graph();
  const std::vector<Moment> moments = moments_of(plan);
  std::vector<Size> written(moments.size());  // of it until it is read
  for (Id id = 0; id < Id(moments.size()); ++id) {
    const Node& node = graph.node(id);
    const Moment& here = moments[std::size_t(id)];
    if (here.chain >= 0 && node.batched && !overwrites(plan, node, id))
      written[std::size_t(id)] = node.shape.count();
    for (const Id input : node.inputs) {
      const Id origin = plan.storage[std::size_t(input)];
      const Moment& there = moments[std::size_t(origin)];
      if (here.chain < 0 || there.chain < 0 || there.stage != here.stage) continue;
      const Size rows = there.chain == here.chain ? here.rows : graph.shard_rows();
      Size& until = written[std::size_t(origin)];
      until = std::min(until, rows * graph.node(origin).shape.row());
    }
  }
  std::vector<bool> all(moments.size());
  for (std::size_t id = 0; id < all.size(); ++id) all[id] = written[id] > 0 && written[id] >= far;
  return all;
}

}  // namespace goodfit
