#include "goodfit/compute/engine/interpreter.hpp"

#include "goodfit/base/error.hpp"

namespace goodfit {

Interpreter::Interpreter(const Graph& graph, Size at_a_time)
    : graph_(graph), at_a_time_(at_a_time > 0 ? at_a_time : graph.shard_rows()) {
  for (const Node& node : graph.nodes())
    values_.emplace_back(std::size_t(node.shape.count()), node.constant);
}

// One unit of an op, in as many calls as a plan might take.
void Interpreter::run_op(const Node& node, Call<double> call) const {
  const bool sums = node.op->slots_are_sums();
  if (node.spread != Spread::rows || (!node.batched && !sums)) return node.op->reference(call);
  const Size end = call.end;
  std::vector<double> slot(sums ? std::size_t(node.shape.row()) : 0);
  double* const total = sums ? call.out + call.unit * node.shape.row() : nullptr;
  for (; call.begin < end; call.begin = call.end) {
    call.end = std::min(end, call.begin + at_a_time_);
    node.op->reference(call);
    for (std::size_t i = 0; i < slot.size(); ++i) slot[i] += total[i];
  }
  std::copy(slot.begin(), slot.end(), total);
}

void Interpreter::run(Size rows, std::uint64_t seed, std::uint32_t step) {
  for (Id id = 0; id < Id(graph_.nodes().size()); ++id) {
    const Node& node = graph_.node(id);
    if (!node.op) continue;
    Call<double> call;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      call.in[i] = at(node.inputs[i]).data();
      call.shapes[i] = &graph_.node(node.inputs[i]).shape;
    }
    call.out = at(id).data();
    call.shape = &node.shape;
    call.rows = rows;
    call.shard_rows = graph_.shard_rows();
    call.seed = seed;
    call.step = step;
    Cut cut{1, 1};
    if (node.spread == Spread::rows) cut = {rows, graph_.shard_rows()};
    if (node.spread == Spread::tiles) cut = node.op->cut(graph_.shapes(node.inputs), node.shape);
    if (node.spread == Spread::rows && node.batched) call.item = node.shape.row();
    if (node.spread == Spread::once) call.item = node.shape.count();
    for (Size begin = 0, unit = 0; begin < cut.items; begin += cut.grain, ++unit) {
      call.begin = begin;
      call.end = std::min(cut.items, begin + cut.grain);
      call.unit = unit;
      if (node.op->is_view())
        std::copy_n(call.in[0] + call.first(), call.count(), call.out + call.first());
      else
        run_op(node, call);
    }
  }
  for (const Id id : graph_.assigned()) at(graph_.node(id).assigned) = at(id);
}

}  // namespace goodfit
