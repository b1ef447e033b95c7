// Chains: which ops of a segment go through a shard a few samples at a time.
//
// An op that does little with each number waits for memory: after 32 samples of a large value the
// first are no longer in cache for the next op that reads them. Products and convolutions are long
// enough, and better at many samples.
#include <algorithm>
#include <set>

#include "goodfit/compute/engine/plan.hpp"

namespace goodfit {
namespace {

constexpr double few_flops = 16;  // for each number read or written

bool waits_for_memory(const Graph& graph, const Node& node) {
  const bool adds = node.op->slots_are_sums() && node.shape.row() <= widest_slot;
  if (!node.batched && !adds) return false;
  double numbers = double(node.shape.count());
  for (const Id id : node.inputs) numbers += double(graph.node(id).shape.count());
  return graph.flops(node) <= few_flops * numbers;
}

// The batched values that an op reads and makes.
std::set<Id> values_of(const Graph& graph, Id op) {
  std::set<Id> values;
  const auto take = [&](Id id) {
    if (graph.node(id).batched) values.insert(id);
  };
  take(op);
  for (const Id input : graph.node(op).inputs) take(input);
  return values;
}

bool share(const std::set<Id>& a, const std::set<Id>& b) {
  return std::any_of(a.begin(), a.end(), [&](Id id) { return b.contains(id); });
}

}  // namespace

std::vector<OpChain> chains_of(const Graph& graph, const std::vector<Id>& segment, Size cached) {
  std::vector<OpChain> chains;
  std::vector<std::set<Id>> values;  // of each
  bool waits = false;
  for (const Id id : segment) {
    const Node& node = graph.node(id);
    if (node.op->is_view()) continue;
    const bool waited = waits;
    waits = waits_for_memory(graph, node);
    std::set<Id> own = values_of(graph, id);
    if (!waited || !waits || !share(own, values.back())) {
      chains.push_back({});
      values.emplace_back();
    }
    chains.back().ops.push_back(id);
    values.back().merge(own);
  }
  for (std::size_t i = 0; i < chains.size(); ++i) {
    Size floats = 1;
    for (const Id id : values[i]) floats += graph.node(id).shape.row();
    const Size rows = std::clamp<Size>(cached / floats, 1, graph.shard_rows());
    // A shard that nearly fits is not worth a second call of each op.
    const bool whole = chains[i].ops.size() == 1 || 2 * rows > graph.shard_rows();
    chains[i].rows = whole ? graph.shard_rows() : rows;
  }
  return chains;
}

}  // namespace goodfit
