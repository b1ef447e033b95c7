#include "goodfit/compute/graph/shard_rows.hpp"

namespace goodfit {
namespace {

// Multiplications and additions of a sample.
double work_of(const Graph& graph) {
  double flops = 0;
  for (const Node& node : graph.nodes())
    if (node.spread == Spread::rows) flops += graph.flops(node);
  return flops / double(graph.rows());
}

double weights_of(const Graph& graph) {
  double floats = 0;
  for (const Node& node : graph.nodes())
    if (node.source == Source::parameter) floats += double(node.shape.count());
  return floats;
}

}  // namespace

Size shard_rows_of(const Graph& forward) {
  constexpr Size most = 32, least = 4, many_rows = 16, few = 4, many = 8;
  constexpr double worth_handing_out = 1e6, rows_of_a_weight = 64;
  const double work = work_of(forward), rows = work / 2 / weights_of(forward);
  Size size = most;
  for (; size > least; size /= 2) {
    const Size shards = (forward.rows() + size - 1) / size;
    const double half = double(size / 2);
    if (half * work < worth_handing_out) break;
    if (shards >= few && half * rows < rows_of_a_weight) break;
    if (shards >= many && size <= many_rows) break;
  }
  return size;
}

}  // namespace goodfit
