// Conv2d: convolution of images, channels last, and its transpose; each is the other's gradient.
//
//   y[n, o, q, k] = Σ_{r, s, c} x[n, o · stride + r · dilation − pad, …, c] W[k, c, r, s]
//
//   x: [batch, H, W, in]   W: [out, in / groups, kernel height, kernel width]   y: [batch, OH, OW,
//   out]
//   dx  the transposed convolution of dy          dW  per shard, merged in a fixed tree
//
// The gradient of a weight that is larger than the samples of a shard is made part by part instead.
// Weights are packed into panels once a step; bias and relu are added while the result is in
// registers.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/kernels/convolution/convolution_part.hpp"
#include "goodfit/compute/kernels/convolution/convolution_reference.hpp"
#include "goodfit/compute/ops/add_row.hpp"
#include "goodfit/compute/ops/relu.hpp"
#include "goodfit/compute/ops/window.hpp"

namespace goodfit {

inline std::string text(const kernels::Convolution& g) {
  return formatted("{}, {}, {}to{} groups={}", text(g.height), text(g.width), g.channels, g.units,
                   g.groups);
}

// Panels of a weight for kernels::convolution_packed; to the interpreter it is the weight itself.
struct PackConv2dOp final : Op {
  explicit PackConv2dOp(const kernels::Convolution& geometry) : g(geometry) {}
  kernels::Convolution g;
  std::string_view name() const override { return g.winograd() ? "pack_winograd" : "pack_conv2d"; }
  std::string settings() const override {  // of what the panels depend on
    return formatted("{}to{} groups={}{}", g.channels, g.units, g.groups,
                     g.flipped ? " flipped" : "");
  }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::tiles; }
  Size floats(const Shape&) const override { return kernels::convolution_packed_floats(g); }
  Cut cut(const Shapes&, const Shape&) const override {
    const Size panels = kernels::convolution_panels(g);
    return {panels, std::max<Size>(1, tile * panels / kernels::convolution_packed_floats(g))};
  }
  void run(const Call<float>& c) const override {
    kernels::pack_convolution(g, c.in[0], c.out, c.begin, c.end);
  }
  void reference(const Call<double>& c) const override {
    if (c.begin == 0) std::copy_n(c.in[0], c.shape->count(), c.out);
  }
};

// Inputs x, dy → slots of dW: [shards, kernel height · kernel width · in / groups, out].
struct Conv2dWeightSlotsOp final : Op {
  Conv2dWeightSlotsOp(const kernels::Convolution& geometry, Size count)
      : g(geometry), shards(count) {}
  kernels::Convolution g;
  Size shards;
  std::string_view name() const override { return "conv2d_weight_slots"; }
  std::string settings() const override { return text(g); }
  Shape shape(const Shapes&) const override {
    return {shards, g.taps() * g.group_channels(), g.units};
  }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return false; }
  double flops(const Shapes& in, const Shape&) const override {
    return 2.0 * double(in[1].count()) * double(g.taps() * g.group_channels());
  }
  void run(const Call<float>& c) const override {
    kernels::convolution_weight_gradient(g, c.batch(0), c.batch(1), c.end - c.begin,
                                         c.out + c.unit * g.weight_floats());
  }
  void reference(const Call<double>& c) const override {
    kernels::reference::convolution_weight_gradient(g, c.batch(0), c.batch(1), c.end - c.begin,
                                                    c.out + c.unit * g.weight_floats());
  }
};

// Slots → dW in the layout of the weight. A tile is some channels.
struct MergeConv2dOp final : PlainOp<MergeConv2dOp> {
  MergeConv2dOp(const kernels::Convolution& geometry, const Shape& of_weight)
      : g(geometry), weight(of_weight) {}
  kernels::Convolution g;
  Shape weight;
  std::string_view name() const override { return "merge_conv2d"; }
  std::string settings() const override { return weight.text(); }
  Shape shape(const Shapes&) const override { return weight; }
  Spread spread(bool, const Shape&) const override { return Spread::tiles; }
  Cut cut(const Shapes&, const Shape&) const override {
    return {g.group_channels(), std::max<Size>(1, tile * g.group_channels() / g.weight_floats())};
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    merge_convolution_gradients(g, c.shards(), c.in[0], c.out, c.begin, c.end);
  }
};

// Inputs x, dy → dW. A tile is a part of it over the whole batch.
struct Conv2dWeightGradientOp final : Op {
  Conv2dWeightGradientOp(const kernels::Convolution& geometry, const Shape& of_weight)
      : g(geometry), weight(of_weight) {}
  kernels::Convolution g;
  Shape weight;
  std::string_view name() const override { return "conv2d_weight_gradient"; }
  std::string settings() const override { return text(g); }
  Shape shape(const Shapes&) const override { return weight; }
  Spread spread(bool, const Shape&) const override { return Spread::tiles; }
  Cut cut(const Shapes&, const Shape&) const override { return {kernels::convolution_parts(g), 1}; }
  double flops(const Shapes& in, const Shape&) const override {
    return 2.0 * double(in[1].count()) * double(g.taps() * g.channels);
  }
  void run(const Call<float>& c) const override {
    kernels::convolution_part_gradients(g, c.in[0], c.in[1], c.rows, c.begin, c.end, c.out);
  }
  void reference(const Call<double>& c) const override {
    if (c.begin > 0) return;
    std::vector<double> slot(std::size_t(g.weight_floats()));
    kernels::reference::convolution_weight_gradient(g, c.in[0], c.in[1], c.rows, slot.data());
    kernels::reference::merge_convolution_gradients(g, 1, slot.data(), c.out, 0, g.channels);
  }
};

inline Value conv2d_weight_gradient(const kernels::Convolution& g, Value x, Value dy,
                                    const Shape& weight) {
  Graph& graph = *dy.graph;
  if (kernels::convolution_parts_pay(g, graph.shard_rows()))
    return graph.add(Conv2dWeightGradientOp(g, weight), {x, dy});
  const Value slots = graph.add(Conv2dWeightSlotsOp(g, graph.shards()), {x, dy});
  return graph.add(MergeConv2dOp(g, weight), {slots});
}

// Inputs x, W and, with `bias`, b. With a geometry that is turned it is the transposed one.
struct Conv2dOp final : Op {
  explicit Conv2dOp(const kernels::Convolution& geometry) : g(geometry) {}
  kernels::Convolution g;
  bool bias = false, rectified = false, packed = false;

  std::string_view name() const override {
    if (g.flipped)
      return rectified ? bias ? "conv_transpose2d_bias_relu" : "conv_transpose2d_relu"
             : bias    ? "conv_transpose2d_bias"
                       : "conv_transpose2d";
    return rectified ? bias ? "conv2d_bias_relu" : "conv2d_relu" : bias ? "conv2d_bias" : "conv2d";
  }
  std::string settings() const override { return text(g) + (packed ? " packed" : ""); }
  Shape shape(const Shapes& in) const override {
    const Size first = g.flipped ? g.channels : g.units;
    if (in[0].rank() != 4 || in[0].row() != g.input_floats() || in[0].back() != g.channels ||
        in[1].front() != first || in[1].count() != g.taps() * g.group_channels() * g.units)
      fail("conv2d: an input of shape {} does not fit a weight of shape {} in {} groups",
           in[0].text(), in[1].text(), g.groups);
    return {in[0].front(), g.height.out, g.width.out, g.units};
  }
  double flops(const Shapes&, const Shape& out) const override {
    const double terms = double(g.taps() * g.group_channels());
    return 2.0 * double(out.count()) * terms / double(g.height.down * g.width.down);
  }
  void run(const Call<float>& c) const override {
    if (!packed) return plain(c);
    using Kind = kernels::Epilogue::Activation;
    kernels::convolution_packed(g, c.batch(0), c.in[1], c.end - c.begin, c.out + c.first(),
                                {bias ? c.in[2] : nullptr, rectified ? Kind::relu : Kind::none});
  }
  void reference(const Call<double>& c) const override { plain(c); }

  Values gradient(const Values& in, Value, Value dy) const override {
    must(!bias && !rectified, "gradients come before the passes");
    Graph& graph = *dy.graph;
    const Shape weight = in[1].shape();
    const Value dw = g.flipped ? conv2d_weight_gradient(g.turned(), dy, in[0], weight)
                               : conv2d_weight_gradient(g, in[0], dy, weight);
    return {graph.add(Conv2dOp(g.turned()), {dy, in[1]}), dw};
  }
  OpPointer followed_by(const Op& next) const override {
    Conv2dOp both = *this;
    if (!bias && !rectified && dynamic_cast<const AddRowOp*>(&next))
      both.bias = true;
    else if (!rectified && dynamic_cast<const ReluOp*>(&next))
      both.rectified = true;
    else
      return nullptr;
    return shared_op(both);
  }
  Prepared prepared(const Shapes&) const override {
    if (packed) return {-1, nullptr, nullptr};
    Conv2dOp made = *this;
    made.packed = true;
    return {1, shared_op(PackConv2dOp(g)), shared_op(made)};
  }

 private:
  template <class T>
  void plain(const Call<T>& c) const {
    kernels::reference::convolution<T>(g, c.batch(0), c.in[1], c.end - c.begin, c.out + c.first(),
                                       bias ? c.in[2] : nullptr, rectified);
  }
};

// x: [batch, H, W, in], weight: [out, in / groups, …taps]. Throws Error when they do not fit.
inline Value conv2d(Value x, Value weight, const Windows& windows, Size groups = 1) {
  const Shape& shape = x.shape();
  if (shape.rank() != 4) fail("conv2d: an image has shape [height, width, channels]");
  const Size units = weight.shape().front();
  if (shape.back() % groups != 0 || units % groups != 0)
    fail("conv2d: {} channels and {} units do not fall into {} groups", shape.back(), units,
         groups);
  return x.graph->add(Conv2dOp({windows.height.on(shape[1], "conv2d"),
                                windows.width.on(shape[2], "conv2d"), shape.back(), units, groups}),
                      {x, weight});
}

// The transpose, which makes images of height × width: x: [batch, h, w, in], weight: [in, out /
// groups, …taps]; the windows are those of the convolution that would make x of y.
inline Value conv_transpose2d(Value x, Value weight, const Windows& windows, Size height,
                              Size width, Size groups = 1) {
  const Shape& shape = x.shape();
  const auto down = windows.height.on(height, "conv_transpose2d");
  const auto across = windows.width.on(width, "conv_transpose2d");
  if (shape.rank() != 4 || shape[1] != down.out || shape[2] != across.out)
    fail("conv_transpose2d: an input of shape {} does not make images of {} by {}", shape.text(),
         height, width);
  const Size taps = down.kernel * across.kernel;
  const Size units = weight.shape().row() / taps * groups;
  const kernels::Convolution straight{down, across, units, shape.back(), groups};
  return x.graph->add(Conv2dOp(straight.turned()), {x, weight});
}

}  // namespace goodfit
