// Products, convolutions and pooling. Biases and norms by given statistics that follow a product
// become part of its weights: y = s (W x + b) + t = (s W) x + (s b + t), for each unit.
#include "goodfit/compute/ops/avg_pool.hpp"
#include "goodfit/compute/ops/batch_norm.hpp"
#include "goodfit/compute/ops/conv2d.hpp"
#include "goodfit/compute/ops/max_pool.hpp"
#include "goodfit/study/export/onnx_writer.hpp"

namespace goodfit {
namespace {

// y = scale x + shift of each unit.
struct Affine {
  std::vector<double> scale, shift;
  bool shifted = false;

  explicit Affine(Size units) : scale(std::size_t(units), 1.0), shift(std::size_t(units), 0.0) {}
  void then_add(const std::vector<float>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) shift[i] += double(row[i]);
    shifted = true;
  }
  void then_norm(const std::vector<float>& statistics, const std::vector<float>& gamma,
                 const std::vector<float>& beta) {
    const std::size_t units = gamma.size();
    for (std::size_t i = 0; i < units; ++i) {
      const double by = double(gamma[i]) * double(statistics[units + i]);
      shift[i] = (shift[i] - double(statistics[i])) * by + double(beta[i]);
      scale[i] *= by;
    }
    shifted = true;
  }
};

bool is(OnnxWriter& w, Id id, std::string_view name) {
  return w.node(id).op && w.node(id).op->name() == name;
}
bool is_product(OnnxWriter& w, Id id) {
  return is(w, id, "dense") || is(w, id, "conv2d") || is(w, id, "conv_transpose2d");
}

// The product at the beginning of biases and norms that nobody looks into, or -1; `affine` is what
// they do, up to and with `id`.
Id product_before(OnnxWriter& w, Id id, Affine& affine) {
  if (is_product(w, id)) return id;
  const bool bias = is(w, id, "add_row"), norm = is(w, id, "batch_norm");
  const Id before = bias || norm ? w.input_of(id, 0) : -1;
  if (before < 0 || !w.used_once(before)) return -1;
  if (norm && w.node(w.input_of(id, 2)).shape.back() != w.node(id).shape.back()) return -1;
  const Id product = product_before(w, before, affine);
  if (product < 0) return -1;
  if (bias)
    affine.then_add(w.numbers(w.input_of(id, 1)));
  else
    affine.then_norm(w.numbers(w.input_of(id, 1)), w.numbers(w.input_of(id, 2)),
                     w.numbers(w.input_of(id, 3)));
  return product;
}

// The inputs of an operator: x, its weight and, where there is one, its bias. `unit` says whose a
// number of the weight is.
template <class Unit>
OnnxNames with_weight(OnnxWriter& w, Id product, const std::string& x, const OnnxDims& dims,
                      const Affine& affine, const Unit& unit) {
  const Id weight = w.input_of(product, 1);
  std::vector<float> numbers = w.numbers(weight);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = float(double(numbers[i]) * affine.scale[std::size_t(unit(Size(i)))]);
  const std::string name = w.name_of(weight, "weight");
  OnnxNames inputs{x, w.graph().numbers(name, dims, numbers)};
  const std::vector<float> shift(affine.shift.begin(), affine.shift.end());
  if (affine.shifted)
    inputs.push_back(w.graph().numbers(name + ".shift", {Size(shift.size())}, shift));
  return inputs;
}

void write_dense(OnnxWriter& w, Id product, const Affine& affine, Id to) {
  const Shape& weight = w.node(w.input_of(product, 1)).shape;
  const Size in = weight[1];
  const OnnxNames inputs = with_weight(w, product, w.value(w.input_of(product, 0)), {weight[0], in},
                                       affine, [&](Size i) { return i / in; });
  if (w.node(product).shape.rank() == 2)
    return w.set(to, w.add("Gemm", inputs, {{"transB", Size(1)}}));
  const std::string turned = w.transposed(inputs[1], {1, 0});
  const std::string y = w.add("MatMul", {inputs[0], turned});
  w.set(to, affine.shifted ? w.add("Add", {y, inputs[2]}) : y);
}

OnnxAttributes windows_of(const kernels::ConvolutionAxis& h, const kernels::ConvolutionAxis& w) {
  return {{"kernel_shape", OnnxDims{h.kernel, w.kernel}},
          {"strides", OnnxDims{h.up, w.up}},
          {"pads",
           OnnxDims{h.pad, w.pad, std::max<Size>(0, h.behind()), std::max<Size>(0, w.behind())}}};
}

void write_convolution(OnnxWriter& w, Id product, const Affine& affine, Id to) {
  const kernels::Convolution& g = w.op<Conv2dOp>(product).g;
  const OnnxDims dims{g.units, g.group_channels(), g.height.kernel, g.width.kernel};
  const Size each = g.group_channels() * g.taps();
  const std::string x = w.value(w.input_of(product, 0), Lie::first);
  OnnxAttributes attributes = windows_of(g.height, g.width);
  attributes.push_back({"dilations", OnnxDims{g.height.dilation, g.width.dilation}});
  attributes.push_back({"group", g.groups});
  w.set(to,
        w.add("Conv", with_weight(w, product, x, dims, affine, [&](Size i) { return i / each; }),
              attributes),
        Lie::first);
}

void write_transposed(OnnxWriter& w, Id product, const Affine& affine, Id to) {
  const kernels::Convolution& turned = w.op<Conv2dOp>(product).g;
  const kernels::Convolution g = turned.turned();  // from the larger image to the smaller
  const Size outs = turned.group_units(), taps = g.taps();
  const OnnxDims dims{turned.channels, outs, g.height.kernel, g.width.kernel};
  OnnxDims behind, more;
  for (const kernels::ConvolutionAxis& a : {g.height, g.width}) {
    behind.push_back(std::max<Size>(0, a.behind()));
    more.push_back(std::max<Size>(0, -a.behind()));
  }
  const std::string x = w.value(w.input_of(product, 0), Lie::first);
  const auto unit = [&](Size i) {
    const Size channel = i / (outs * taps);
    return channel / turned.group_channels() * outs + i / taps % outs;
  };
  w.set(to,
        w.add("ConvTranspose", with_weight(w, product, x, dims, affine, unit),
              {{"kernel_shape", OnnxDims{g.height.kernel, g.width.kernel}},
               {"strides", OnnxDims{g.height.up, g.width.up}},
               {"dilations", OnnxDims{g.height.dilation, g.width.dilation}},
               {"pads", OnnxDims{g.height.pad, g.width.pad, behind[0], behind[1]}},
               {"output_padding", more},
               {"group", g.groups}}),
        Lie::first);
}

// A product, with the biases and norms behind it up to `to`; false when `to` ends none.
bool write_product(OnnxWriter& w, Id to) {
  Affine affine(w.node(to).shape.back());
  const Id product = product_before(w, to, affine);
  if (product < 0) return false;
  if (is(w, product, "dense"))
    write_dense(w, product, affine, to);
  else if (is(w, product, "conv2d"))
    write_convolution(w, product, affine, to);
  else
    write_transposed(w, product, affine, to);
  return true;
}

void product(OnnxWriter& w, Id id) { write_product(w, id); }

void add_row(OnnxWriter& w, Id id) {
  if (write_product(w, id)) return;
  const Id from = w.input_of(id, 0);
  const Lie lie = w.lie_of(from);
  const std::string row = w.row(w.input_of(id, 1), lie, w.node(id).shape.rank());
  w.set(id, w.add("Add", {w.value(from, lie), row}), lie);
}

// y = (x − μ) s + β. The mean is taken out first: of large numbers nothing is lost.
void batch_norm(OnnxWriter& w, Id id) {
  if (write_product(w, id)) return;
  const std::vector<float> statistics = w.numbers(w.input_of(id, 1)),
                           gamma = w.numbers(w.input_of(id, 2)),
                           beta = w.numbers(w.input_of(id, 3));
  const auto units = long(gamma.size());
  const std::vector<float> mean(statistics.begin(), statistics.begin() + units);
  std::vector<float> scale(gamma.size());
  for (std::size_t i = 0; i < scale.size(); ++i)
    scale[i] = float(double(gamma[i]) * double(statistics[gamma.size() + i]));
  const Id from = w.input_of(id, 0);
  const Lie lie = w.lie_of(from);
  std::string y = w.value(from, lie);
  const auto apply = [&](const char* op, const char* word, const std::vector<float>& values,
                         float nothing) {
    if (std::all_of(values.begin(), values.end(), [&](float v) { return v == nothing; })) return;
    const std::string row = w.graph().fresh(word);
    y = w.add(op, {y, w.row(row, values, lie, w.node(id).shape.rank())});
  };
  apply("Sub", "mean", mean, 0);
  apply("Mul", "scale", scale, 1);
  apply("Add", "shift", beta, 0);
  w.set(id, y, lie);
}

void max_pool(OnnxWriter& w, Id id) {
  const kernels::Pooling& g = w.op<MaxPoolOp>(id).g;
  w.set(id,
        w.add("MaxPool", {w.value(w.input_of(id, 0), Lie::first)}, windows_of(g.height, g.width)),
        Lie::first);
}
void avg_pool(OnnxWriter& w, Id id) {
  const kernels::Pooling& g = w.op<AvgPoolOp>(id).g;
  OnnxAttributes attributes = windows_of(g.height, g.width);
  attributes.push_back({"count_include_pad", Size(1)});
  w.set(id, w.add("AveragePool", {w.value(w.input_of(id, 0), Lie::first)}, attributes), Lie::first);
}
void mean_positions(OnnxWriter& w, Id id) {
  const Id from = w.input_of(id, 0);
  const Lie lie = w.lie_of(from);
  OnnxDims axes;
  for (int axis = 1; axis + 1 < w.node(from).shape.rank(); ++axis)
    axes.push_back(axis + (lie == Lie::first ? 1 : 0));
  const std::string x = w.value(from, lie);
  w.set(id, axes.empty() ? x : w.add("ReduceMean", {x}, {{"axes", axes}, {"keepdims", Size(0)}}));
}

}  // namespace

OnnxRules product_rules() {
  static constexpr OnnxRule rules[]{
      {"dense", product, true},
      {"conv2d", product, true},
      {"conv_transpose2d", product, true},
      {"add_row", add_row, true},
      {"batch_norm", batch_norm, true},
      {"max_pool", max_pool},
      {"avg_pool", avg_pool},
      {"mean_positions", mean_positions},
  };
  return rules;
}

}  // namespace goodfit
