// Orthogonality: how far the columns of a matrix are from orthonormal; and a matrix transposed.
//
//   x: [rows, …] as a matrix [rows, n]
//   y = xᵀ x − 1      y: [n, n]      dx = x (dy + dyᵀ)
//   y = xᵀ            y: [n, rows]   dx = dyᵀ
//
// For weights and not for samples.
#pragma once
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/ops/dense.hpp"

namespace goodfit {

// [rows, …] → any shape that reads as its transpose.
struct TransposeWeightOp final : PlainOp<TransposeWeightOp> {
  explicit TransposeWeightOp(const Shape& wanted) : target(wanted) {}
  Shape target;
  std::string_view name() const override { return "transpose_weight"; }
  std::string settings() const override { return target.text(); }
  Shape shape(const Shapes& in) const override {
    must(target.front() == in[0].row() && target.row() == in[0].front(), "a transpose fits");
    return target;
  }
  Spread spread(bool batched, const Shape&) const override {
    must(!batched, "weights are transposed, and not samples");
    return Spread::tiles;
  }
  Cut cut(const Shapes&, const Shape& out) const override {
    return {out.front(), std::max<Size>(1, tile / out.row())};
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.shape->row(), rows = c.shape->front();
    for (Size i = c.begin; i < c.end; ++i)
      for (Size j = 0; j < width; ++j) c.out[i * width + j] = c.in[0][j * rows + i];
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(TransposeWeightOp(in[0].shape()), {d})};
  }
};

inline Value transposed(Value x) {
  return x.graph->add(TransposeWeightOp({x.shape().row(), x.shape().front()}), {x});
}

// y = x s. Inputs x [rows, …] and s [n, n].
struct OrthogonalityBackwardOp final : PlainOp<OrthogonalityBackwardOp> {
  std::string_view name() const override { return "orthogonality_backward"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::tiles; }
  Cut cut(const Shapes&, const Shape& out) const override { return {out.front(), 24}; }
  double flops(const Shapes& in, const Shape& out) const override {
    return 2.0 * double(out.count()) * double(in[1].front());
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size n = c.shape->row(), first = c.begin * n, rows = c.end - c.begin;
    if constexpr (std::is_same_v<T, float>) {
      kernels::gemm_in_place(c.in[0] + first, n, c.in[1], n, rows, n, n, c.out + first, n);
    } else {
      using Operand = kernels::ReferenceOperand<T>;
      kernels::gemm_reference<T, T>(Operand{c.in[0] + first, n}, Operand{c.in[1], n}, rows, n, n,
                                    c.out + first, n);
    }
  }
};

struct OrthogonalityOp final : PlainOp<OrthogonalityOp> {
  std::string_view name() const override { return "orthogonality"; }
  Shape shape(const Shapes& in) const override { return {in[0].row(), in[0].row()}; }
  Spread spread(bool batched, const Shape&) const override {
    must(!batched, "weights are orthogonal, and not samples");
    return Spread::tiles;
  }
  Cut cut(const Shapes&, const Shape& out) const override { return {out.front(), 24}; }
  double flops(const Shapes& in, const Shape& out) const override {
    return 2.0 * double(out.count()) * double(in[0].front());
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size n = c.shape->front(), rows = c.shapes[0]->front();
    weight_gradient(c.in[0], n, c.in[0], n, rows, c.begin, c.end, c.out);
    for (Size i = c.begin; i < c.end; ++i) c.out[i * n + i] -= 1;
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(OrthogonalityBackwardOp{}, {in[0], add(d, transposed(d))})};
  }
};

// x: [rows, …] → [n, n].
inline Value orthogonality(Value x) { return x.graph->add(OrthogonalityOp{}, {x}); }

}  // namespace goodfit
