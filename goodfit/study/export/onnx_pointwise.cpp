// Functions of each number alone, and of each channel's numbers with one of its own.
#include <charconv>

#include "goodfit/base/error.hpp"
#include "goodfit/study/export/onnx_writer.hpp"

namespace goodfit {
namespace {

// The number in the settings of an op, "alpha=0.5".
double number_in(const std::string& settings) {
  const std::string text = settings.substr(settings.find('=') + 1);
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// f: the name of x → the name of y.
template <class F>
void each(OnnxWriter& w, Id id, const F& f) {
  const Id from = w.input_of(id, 0);
  const Lie lie = w.lie_of(from);
  w.set(id, f(w.value(from, lie)), lie);
}
// An operator of the same meaning, by its name.
template <const char* op>
void same(OnnxWriter& w, Id id) {
  each(w, id, [&](const std::string& x) { return w.add(op, {x}); });
}
// The same with the op's number as an attribute.
template <const char* op>
void with_alpha(OnnxWriter& w, Id id) {
  const double alpha = number_in(w.node(id).op->settings());
  each(w, id, [&](const std::string& x) { return w.add(op, {x}, {{"alpha", alpha}}); });
}

namespace onnx {
constexpr char relu[] = "Relu", sigmoid[] = "Sigmoid", tanh[] = "Tanh", softsign[] = "Softsign",
               hard_swish[] = "HardSwish", leaky_relu[] = "LeakyRelu", elu[] = "Elu",
               celu[] = "Celu", selu[] = "Selu", prelu[] = "PRelu", max[] = "Max",
               softmax[] = "Softmax", log_softmax[] = "LogSoftmax";
}

void hard_sigmoid(OnnxWriter& w, Id id) {
  each(w, id, [&](const std::string& x) {
    return w.add("HardSigmoid", {x}, {{"alpha", 1.0 / 6}, {"beta", 0.5}});
  });
}
void relu6(OnnxWriter& w, Id id) {
  OnnxGraph& g = w.graph();
  each(w, id, [&](const std::string& x) { return w.add("Clip", {x, g.number(0), g.number(6)}); });
}
void silu(OnnxWriter& w, Id id) {
  each(w, id, [&](const std::string& x) { return w.add("Mul", {x, w.add("Sigmoid", {x})}); });
}
void mish(OnnxWriter& w, Id id) {
  each(w, id, [&](const std::string& x) {
    return w.add("Mul", {x, w.add("Tanh", {w.add("Softplus", {x})})});
  });
}
void softplus(OnnxWriter& w, Id id) {
  const double beta = number_in(w.node(id).op->settings());
  each(w, id, [&](const std::string& x) {
    if (beta == 1) return w.add("Softplus", {x});
    const std::string factor = w.graph().number(beta);
    return w.add("Div", {w.add("Softplus", {w.add("Mul", {x, factor})}), factor});
  });
}
void gelu(OnnxWriter& w, Id id) {
  OnnxGraph& g = w.graph();
  const auto share = [&](const std::string& x) {  // what tanh or erf is of
    if (w.node(id).op->settings() == "erf")
      return w.add("Erf", {w.add("Mul", {x, g.number(0.70710678118654752440)})});
    const std::string cube =
        w.add("Mul", {w.add("Mul", {x, x}), w.add("Mul", {x, g.number(0.044715)})});
    return w.add("Tanh",
                 {w.add("Mul", {w.add("Add", {x, cube}), g.number(0.79788456080286535588)})});
  };
  each(w, id, [&](const std::string& x) {
    const std::string half = w.add("Mul", {x, g.number(0.5)});
    return w.add("Mul", {half, w.add("Add", {share(x), g.number(1)})});
  });
}
void shrink(OnnxWriter& w, Id id) {
  const std::string factor = w.graph().number(number_in(w.node(id).op->settings()));
  each(w, id, [&](const std::string& x) { return w.add("Mul", {x, factor}); });
}

// Of x and one number for each channel.
template <const char* op>
void with_row(OnnxWriter& w, Id id) {
  const Id from = w.input_of(id, 0);
  const Lie lie = w.lie_of(from);
  const std::string row = w.row(w.input_of(id, 1), lie, w.node(id).shape.rank());
  w.set(id, w.add(op, {w.value(from, lie), row}), lie);
}

void add_sample(OnnxWriter& w, Id id) {
  w.set(id, w.add("Add", {w.value(w.input_of(id, 0)), w.constant(w.input_of(id, 1))}));
}
void add(OnnxWriter& w, Id id) {
  const Id a = w.input_of(id, 0), b = w.input_of(id, 1);
  const bool first = w.lie_of(a) == Lie::first || w.lie_of(b) == Lie::first;
  const Lie lie = first ? Lie::first : Lie::last;
  w.set(id, w.add("Add", {w.value(a, lie), w.value(b, lie)}), lie);
}
template <const char* op>
void along_channels(OnnxWriter& w, Id id) {
  w.set(id, w.add(op, {w.value(w.input_of(id, 0))}, {{"axis", Size(-1)}}));
}

}  // namespace

OnnxRules pointwise_rules() {
  static constexpr OnnxRule rules[]{
      {"relu", same<onnx::relu>},
      {"sigmoid", same<onnx::sigmoid>},
      {"tanh", same<onnx::tanh>},
      {"softsign", same<onnx::softsign>},
      {"hard_swish", same<onnx::hard_swish>},
      {"leaky_relu", with_alpha<onnx::leaky_relu>},
      {"elu", with_alpha<onnx::elu>},
      {"celu", with_alpha<onnx::celu>},
      {"selu", same<onnx::selu>},
      {"hard_sigmoid", hard_sigmoid},
      {"relu6", relu6},
      {"silu", silu},
      {"mish", mish},
      {"softplus", softplus},
      {"gelu", gelu},
      {"shrink", shrink},
      {"prelu", with_row<onnx::prelu>},
      {"max_row", with_row<onnx::max>},
      {"add", add},
      {"add_sample", add_sample},
      {"softmax", along_channels<onnx::softmax>},
      {"log_softmax", along_channels<onnx::log_softmax>},
  };
  return rules;
}

}  // namespace goodfit
