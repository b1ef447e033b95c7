// Norms by statistics of each sample.
#include "goodfit/compute/ops/group_norm.hpp"
#include "goodfit/compute/ops/local_response_norm.hpp"
#include "goodfit/compute/ops/switchable_norm.hpp"
#include "goodfit/study/export/onnx_writer.hpp"

namespace goodfit {
namespace {

std::string mean_over(OnnxWriter& w, const std::string& x, const OnnxDims& axes) {
  return w.add("ReduceMean", {x}, {{"axes", axes}, {"keepdims", Size(1)}});
}
std::string square(OnnxWriter& w, const std::string& x) { return w.add("Mul", {x, x}); }
// x / √(variance + ε)
std::string divided(OnnxWriter& w, const std::string& x, const std::string& variance, double eps) {
  return w.add("Div", {x, w.add("Sqrt", {w.add("Add", {variance, w.graph().number(eps)})})});
}
// γ y + β
std::string affine(OnnxWriter& w, Id id, const std::string& y) {
  return w.add("Add",
               {w.add("Mul", {y, w.constant(w.input_of(id, 2))}), w.constant(w.input_of(id, 3))});
}

void group_norm(OnnxWriter& w, Id id) {
  const Norming& how = w.op<GroupNormOp>(id).norming;
  std::string x = w.value(w.input_of(id, 0));
  if (how.each_position && how.groups == 1 && how.centred)
    return w.set(id, w.add("LayerNormalization",
                           {x, w.constant(w.input_of(id, 2)), w.constant(w.input_of(id, 3))},
                           {{"axis", Size(-1)}, {"epsilon", how.eps}}));
  const Shape& shape = w.node(id).shape;
  const Size width = shape.back() / how.groups, positions = shape.row() / shape.back();
  x = w.reshaped(x, {-1, positions, how.groups, width});
  const OnnxDims axes = how.each_position ? OnnxDims{3} : OnnxDims{1, 3};
  if (how.centred) x = w.add("Sub", {x, mean_over(w, x, axes)});
  const std::string y = divided(w, x, mean_over(w, square(w, x), axes), how.eps);
  w.set(id, affine(w, id, w.reshaped(y, w.rows(w.sample(id)))));
}

// Of instance (i), layer (l) and batch (b), mixed by softmax of λ.
void switchable_norm(OnnxWriter& w, Id id) {
  const Id mix = w.input_of(id, 1);
  const Shape& shape = w.node(id).shape;
  const Size width = shape.back();
  const std::vector<float> batch = w.numbers(w.input_of(mix, 1));
  const std::string x = w.reshaped(w.value(w.input_of(id, 0)), {-1, shape.row() / width, width});
  const std::string mean_i = mean_over(w, x, {1});
  const std::string variance_i = mean_over(w, square(w, w.add("Sub", {x, mean_i})), {1});
  const std::string mean_l = mean_over(w, mean_i, {2});
  const std::string apart = square(w, w.add("Sub", {mean_i, mean_l}));
  const std::string variance_l = mean_over(w, w.add("Add", {variance_i, apart}), {2});
  const auto mixed = [&](int lambda, const std::string& i, const std::string& l, Size begin) {
    const std::vector<float> weights = w.numbers(w.input_of(mix, lambda));
    const auto share = mix_of(weights.data());
    std::vector<float> of_batch(std::size_t(width), share[2]);
    for (Size j = 0; j < width; ++j) of_batch[std::size_t(j)] *= batch[std::size_t(begin + j)];
    const std::string b = w.graph().numbers(w.graph().fresh("batch"), {width}, of_batch);
    const auto scaled = [&](const std::string& value, float by) {
      return w.add("Mul", {value, w.graph().number(double(by))});
    };
    return w.add("Add", {w.add("Add", {scaled(i, share[0]), scaled(l, share[1])}), b});
  };
  const std::string mean = mixed(2, mean_i, mean_l, 0);
  const std::string variance = mixed(3, variance_i, variance_l, width);
  const std::string y = divided(w, w.add("Sub", {x, mean}), variance, w.op<MixedNormOp>(id).eps);
  w.set(id, w.reshaped(affine(w, id, y), w.rows(w.sample(id))));
}

// Sums over windows of channels are a product with a matrix of ones and zeros.
void local_response_norm(OnnxWriter& w, Id id) {
  const LocalResponse& how = w.op<LocalResponseOp>(id).norm;
  const WindowSumOp& window = w.op<WindowSumOp>(w.input_of(id, 1));
  const Size width = w.node(id).shape.back();
  std::vector<float> band(std::size_t(width * width), 0.0f);
  for (Size j = 0; j < width; ++j)
    for (Size i = std::max<Size>(0, j - window.before); i <= std::min(width - 1, j + window.after);
         ++i)
      band[std::size_t(i * width + j)] = 1;
  OnnxGraph& g = w.graph();
  const std::string x = w.value(w.input_of(id, 0));
  const std::string sums =
      w.add("MatMul", {square(w, x), g.numbers(g.fresh("windows"), {width, width}, band)});
  const std::string share = w.add("Mul", {sums, g.number(how.alpha / double(how.size))});
  const std::string scale = w.add("Add", {share, g.number(how.k)});
  w.set(id, w.add("Div", {x, w.add("Pow", {scale, g.number(how.beta)})}));
}

}  // namespace

OnnxRules norm_rules() {
  static constexpr OnnxRule rules[]{
      {"group_statistics", with_its_user, true},    {"group_norm", group_norm},
      {"instance_moments", with_its_user, true},    {"mix_statistics", with_its_user, true},
      {"switchable_norm", switchable_norm},         {"window_sum", with_its_user, true},
      {"local_response_norm", local_response_norm},
  };
  return rules;
}

}  // namespace goodfit
