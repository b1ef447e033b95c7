// Dense: the matrix product of a layer in its three directions, over the last axis.
//
//   y  = x Wᵀ          x: [batch, …, in]   W: [out, in]   y: [batch, …, out]
//   dx = dy W          dW = dyᵀ x, summed over the batch in one order
//
// Weights are packed into panels once a step; bias and relu are added while the result is in
// registers.
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/compute/kernels/gemm/gemm.hpp"
#include "goodfit/compute/kernels/gemm/gemm_reference.hpp"
#include "goodfit/compute/ops/add_row.hpp"
#include "goodfit/compute/ops/relu.hpp"

namespace goodfit {

// Panels of a weight for kernels::gemm_packed; to the interpreter it is the weight itself.
struct PackWeightOp final : Op {
  explicit PackWeightOp(bool forward_product) : forward(forward_product) {}
  bool forward;  // B = Wᵀ; otherwise B = W

  std::string_view name() const override { return "pack_weight"; }
  std::string settings() const override { return forward ? "forward" : "backward"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::tiles; }
  Size inner(const Shape& weight) const { return forward ? weight[1] : weight[0]; }
  Size outer(const Shape& weight) const { return forward ? weight[0] : weight[1]; }
  Size floats(const Shape& out) const override {
    return kernels::packed_floats(inner(out), outer(out));
  }
  Cut cut(const Shapes&, const Shape& out) const override {
    const Size width = kernels::panel_columns(), panels = (outer(out) + width - 1) / width;
    return {panels, std::max<Size>(1, tile / (width * inner(out)))};
  }
  void run(const Call<float>& c) const override {
    const Shape& weight = *c.shape;
    kernels::pack_panels(c.in[0], inner(weight), outer(weight), weight[1], forward, c.out, c.begin,
                         c.end);
  }
  void reference(const Call<double>& c) const override {
    if (c.begin == 0) std::copy_n(c.in[0], c.shape->count(), c.out);
  }
};

// Weights that lie in a core's cache beside the samples of a shard: up to 64 KiB.
inline constexpr Size small_weight = 16384;

// Rows [begin, end) of dyᵀ x into `to` [out, in]; k samples with `out` and `in` numbers each.
template <class T>
void weight_gradient(const T* dy, Size out, const T* x, Size in, Size k, Size begin, Size end,
                     T* to) {
  if constexpr (std::is_same_v<T, float>) {
    kernels::gemm_transposed_a(dy, out, x, in, k, begin, end, in, to, in, false);
  } else {
    using Operand = kernels::ReferenceOperand<T>;
    kernels::gemm_reference<T, T>(Operand{dy + begin, out, true}, Operand{x, in}, end - begin, k,
                                  in, to + begin * in, in);
  }
}

// dW = dyᵀ x. Inputs dy, x. A tile is some rows of dW over the whole batch.
struct DenseWeightGradientOp final : PlainOp<DenseWeightGradientOp> {
  std::string_view name() const override { return "dense_weight_gradient"; }
  Shape shape(const Shapes& in) const override { return {in[0].back(), in[1].back()}; }
  Spread spread(bool, const Shape&) const override { return Spread::tiles; }
  Cut cut(const Shapes&, const Shape& out) const override {
    // A few register tiles each; an even number of units, so that two threads end together.
    const Size rows = out[0], most = rows <= 1024 ? 48 : 96;
    if (rows <= most) return {rows, rows};
    const Size pairs = rows <= 128 ? 1 : (rows + 2 * most - 1) / (2 * most);
    const Size grain = (rows + 2 * pairs - 1) / (2 * pairs);
    return {rows, rows <= 128 ? grain : (grain + 3) / 4 * 4};
  }
  double flops(const Shapes& in, const Shape& out) const override {
    return 2.0 * double(out.count()) * double(in[0].count() / in[0].back());
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size out = c.channels(0), in = c.channels(1), k = c.rows * c.shapes[0]->row() / out;
    weight_gradient(c.in[0], out, c.in[1], in, k, c.begin, c.end, c.out);
  }
};

inline Value dense_weight_gradient(Value dy, Value x) {
  return dy.graph->add(DenseWeightGradientOp{}, {dy, x});
}

// Inputs x, W and, with `bias`, b. Without `forward` it is dx = dy W.
struct DenseOp final : Op {
  explicit DenseOp(bool forward_product) : forward(forward_product) {}
  bool forward;
  bool bias = false, rectified = false, packed = false;

  std::string_view name() const override {
    if (!forward) return "dense_input_gradient";
    return rectified ? bias ? "dense_bias_relu" : "dense_relu" : bias ? "dense_bias" : "dense";
  }
  std::string settings() const override { return packed ? "packed" : ""; }
  Shape shape(const Shapes& in) const override {
    const Size taken = forward ? in[1][1] : in[1][0], given = forward ? in[1][0] : in[1][1];
    if (in[0].rank() < 2 || in[0].back() != taken)
      fail("dense: an input of shape {} does not fit a weight of shape {}", in[0].text(),
           in[1].text());
    Shape out = in[0];
    out[out.rank() - 1] = given;
    return out;
  }
  double flops(const Shapes& in, const Shape& out) const override {
    return 2.0 * double(out.count()) * double(in[0].back());
  }
  void run(const Call<float>& c) const override {
    const Size k = c.channels(0), n = c.shape->back();
    if (!packed && !forward)
      return kernels::gemm_in_place(c.batch(0), k, c.in[1], n, c.vectors(0), k, n,
                                    c.out + c.first(), n);
    if (!packed) return plain(c);
    using Kind = kernels::Epilogue::Activation;
    kernels::gemm_packed(c.batch(0), k, c.in[1], c.vectors(0), k, n, c.out + c.first(), n,
                         {bias ? c.in[2] : nullptr, rectified ? Kind::relu : Kind::none});
  }
  void reference(const Call<double>& c) const override { plain(c); }

  Values gradient(const Values& in, Value, Value dy) const override {
    must(forward && !bias && !rectified, "gradients come before the passes");
    return {dy.graph->add(DenseOp(false), {dy, in[1]}), dense_weight_gradient(dy, in[0])};
  }
  OpPointer followed_by(const Op& next) const override {
    DenseOp both = *this;
    if (forward && !bias && !rectified && dynamic_cast<const AddRowOp*>(&next))
      both.bias = true;
    else if (forward && !rectified && dynamic_cast<const ReluOp*>(&next))
      both.rectified = true;
    else
      return nullptr;
    return shared_op(both);
  }
  Prepared prepared(const Shapes& in) const override {
    // The way back reads W as it lies: packing pays where W outgrows the cache, or where its rows
    // lie so that they throw each other out.
    const bool small = in[1].count() <= small_weight && in[1].back() % 256 != 0;
    if (packed || (!forward && small)) return {-1, nullptr, nullptr};
    DenseOp made = *this;
    made.packed = true;
    return {1, shared_op(PackWeightOp(forward)), shared_op(made)};
  }

 private:
  template <class T>
  void plain(const Call<T>& c) const {
    const Size k = c.channels(0), n = c.shape->back(), stride = c.shapes[1]->back();
    using Operand = kernels::ReferenceOperand<T>;
    kernels::gemm_reference<T, T>(Operand{c.batch(0), k}, Operand{c.in[1], stride, forward},
                                  c.vectors(0), k, n, c.out + c.first(), n,
                                  bias ? c.in[2] : nullptr, rectified);
  }
};

// x: [batch, …, in], weight: [out, in]. Throws Error when they do not fit.
inline Value dense(Value x, Value weight) { return x.graph->add(DenseOp(true), {x, weight}); }

}  // namespace goodfit
