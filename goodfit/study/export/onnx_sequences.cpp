// Attention, and cells that walk over steps.
#include <fmt/core.h>

#include "goodfit/base/error.hpp"
#include "goodfit/compute/ops/attention.hpp"
#include "goodfit/compute/ops/recurrent.hpp"
#include "goodfit/study/export/onnx_writer.hpp"

namespace goodfit {
namespace {

void write_attention(OnnxWriter& w, Id id) {
  const AttentionShape& lie = w.op<AttentionOp>(id).lie;
  const Id from = w.input_of(id, 1);
  const Shape& shape = w.node(from).shape;
  const Size steps = shape[1], width = lie.width(shape);
  OnnxGraph& g = w.graph();
  // [N, T, 3, heads, d] → [3, N, heads, T, d]
  const std::string parts =
      w.transposed(w.reshaped(w.value(from), {-1, steps, 3, lie.heads, width}), {2, 0, 3, 1, 4});
  const auto part = [&](Size i) {
    return w.add("Gather", {parts, g.whole(i)}, {{"axis", Size(0)}});
  };
  std::string scores = w.add("MatMul", {part(0), w.transposed(part(1), {0, 1, 3, 2})});
  scores = w.add("Mul", {scores, g.number(lie.scale(shape))});
  if (lie.causal) {
    std::vector<float> mask(std::size_t(steps * steps), 0.0f);
    for (Size i = 0; i < steps; ++i)
      for (Size j = i + 1; j < steps; ++j) mask[std::size_t(i * steps + j)] = -1e30f;
    scores =
        w.add("Add", {scores, g.numbers(fmt::format("later_{}", steps), {steps, steps}, mask)});
  }
  const std::string shares = w.add("Softmax", {scores}, {{"axis", Size(-1)}});
  const std::string taken = w.transposed(w.add("MatMul", {shares, part(2)}), {0, 2, 1, 3});
  w.set(id, w.reshaped(taken, w.rows(w.sample(id))));
}

// The blocks of h rows of a weight or bias in the order in which ONNX has the gates.
std::vector<float> in_order(const std::vector<float>& from, Recurrent kind) {
  OnnxDims order{0};
  if (kind == Recurrent::lstm) order = {0, 3, 1, 2};  // i f g o → i o f c
  if (kind == Recurrent::gru) order = {1, 0, 2};      // r z n → z r h
  const auto block = from.size() / order.size();
  std::vector<float> to;
  for (const Size gate : order) {
    const auto begin = from.begin() + gate * long(block);
    to.insert(to.end(), begin, begin + long(block));
  }
  return to;
}

// The inputs' product and bias, which stand before the cell here and inside of it there.
void recurrent_steps(OnnxWriter& w, Id id) {
  const RecurrentStepsOp& op = w.op<RecurrentStepsOp>(id);
  const RecurrentCell& cell = op.cell;
  if (cell.normed())
    fail("layer_norm = true cannot be exported to ONNX, whose cells have none: train without it");
  const bool biased = w.node(w.input_of(id, 1)).op->name() == "add_row";
  const Id product = biased ? w.input_of(w.input_of(id, 1), 0) : w.input_of(id, 1);
  must(w.node(product).op->name() == "dense", "a cell takes a product of its inputs");
  const Shape& weight = w.node(w.input_of(product, 1)).shape;
  const Size h = w.node(w.input_of(id, 2)).shape.back(), gates = cell.gates() * h;
  OnnxGraph& g = w.graph();
  const auto constant = [&](const char* name, const OnnxDims& dims, const std::vector<float>& of) {
    return g.numbers(g.fresh(name), dims, of);
  };
  std::vector<float> biases(std::size_t(gates), 0.0f);
  if (biased) biases = in_order(w.numbers(w.input_of(w.input_of(id, 1), 1)), cell.kind);
  const std::vector<float> of_state = in_order(w.numbers(w.input_of(id, 3)), cell.kind);
  biases.insert(biases.end(), of_state.begin(), of_state.end());

  const std::string x = w.transposed(w.value(w.input_of(product, 0)), {1, 0, 2});
  const OnnxNames inputs{
      x,
      constant("W", {1, gates, weight[1]}, in_order(w.numbers(w.input_of(product, 1)), cell.kind)),
      constant("R", {1, gates, h}, in_order(w.numbers(w.input_of(id, 2)), cell.kind)),
      constant("B", {1, 2 * gates}, biases)};
  const bool all = op.wanted == Steps::all;
  const std::string y = g.fresh("states");
  const OnnxNames outputs = all ? OnnxNames{y} : OnnxNames{"", y};  // of all steps, of the last
  OnnxAttributes attributes{{"hidden_size", h}};
  if (cell.kind == Recurrent::gru) attributes.push_back({"linear_before_reset", Size(1)});
  if (cell.kind == Recurrent::rnn_relu) attributes.push_back({"activations", OnnxNames{"Relu"}});
  const char* called = cell.kind == Recurrent::lstm  ? "LSTM"
                       : cell.kind == Recurrent::gru ? "GRU"
                                                     : "RNN";
  g.node(called, inputs, attributes, outputs);
  const std::string flat = w.add("Squeeze", {y, g.wholes({all ? 1 : 0})});  // one direction
  w.set(id, all ? w.transposed(flat, {1, 0, 2}) : flat);
}

}  // namespace

OnnxRules sequence_rules() {
  static constexpr OnnxRule rules[]{
      {"attention_panels", with_its_user, true},
      {"attention_weights", with_its_user, true},
      {"attention", write_attention},
      {"recurrent_trace", with_its_user, true},
      {"recurrent_steps", recurrent_steps},
  };
  return rules;
}

}  // namespace goodfit
