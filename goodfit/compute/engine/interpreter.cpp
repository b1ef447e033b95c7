#include "goodfit/compute/engine/interpreter.hpp"

#include "goodfit/base/error.hpp"

namespace goodfit {

Interpreter::Interpreter(const Graph& graph) : graph_(graph) {
  for (const Node& node : graph.nodes())
    values_.emplace_back(std::size_t(node.shape.count()), node.constant);
}

void Interpreter::run(Size rows, std::uint64_t seed, std::uint32_t step) {
  for (Id id = 0; id < Id(graph_.nodes().size()); ++id) {
    const Node& node = graph_.node(id);
    if (!node.op) continue;
    Call<double> call;
    Shapes shapes;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      call.in[i] = at(node.inputs[i]).data();
      call.shapes[i] = &graph_.node(node.inputs[i]).shape;
      shapes.push_back(*call.shapes[i]);
    }
    call.out = at(id).data();
    call.shape = &node.shape;
    call.rows = rows;
    call.shard_rows = graph_.shard_rows();
    call.seed = seed;
    call.step = step;
    Cut cut{1, 1};
    if (node.spread == Spread::rows) cut = {rows, graph_.shard_rows()};
    if (node.spread == Spread::tiles) cut = node.op->cut(shapes, node.shape);
    if (node.spread == Spread::rows && node.batched) call.item = node.shape.row();
    if (node.spread == Spread::once) call.item = node.shape.count();
    for (Size begin = 0, unit = 0; begin < cut.items; begin += cut.grain, ++unit) {
      call.begin = begin;
      call.end = std::min(cut.items, begin + cut.grain);
      call.unit = unit;
      if (node.op->is_view())
        std::copy_n(call.in[0] + call.first(), call.count(), call.out + call.first());
      else
        node.op->reference(call);
    }
  }
  for (const Id id : graph_.assigned()) at(graph_.node(id).assigned) = at(id);
}

}  // namespace goodfit
