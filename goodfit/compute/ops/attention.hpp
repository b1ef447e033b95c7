// Attention: each step of a sample takes a mean of values, weighted by how its query fits the keys.
//
//   P = softmax(Q Kᵀ / √d), for each head        O = P V        causal: step i sees steps j ≤ i
//   only
//
//   x: [batch, T, 3 E] = (Q, K, V), heads side by side in each, d = E / heads    O: [batch, T, E]
//   P: [batch, heads · T, T]
//
//   dV = Pᵀ dO    dP = dO Vᵀ    dS = P (dP − Σ_j dP P) / √d    dQ = dS K    dK = dSᵀ Q
//
// Nothing crosses samples. Products with Kᵀ and Vᵀ take panels,
// packed by an op of their own: their memory is planned, as all is.
// Source: Vaswani et al. 2017, "Attention Is All You Need", arXiv:1706.03762, eq. 1.
#pragma once
#include <cmath>

#include "goodfit/base/error.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/dense.hpp"
#include "goodfit/compute/ops/softmax.hpp"

namespace goodfit {

// How samples lie: by heads, in x and in O.
struct AttentionShape {
  Size heads = 1;
  bool causal = false;

  std::string text() const { return formatted("heads={}{}", heads, causal ? " causal" : ""); }
  // Of x: d, and the floats of a head's panels.
  Size width(const Shape& x) const { return x[2] / 3 / heads; }
  Size panels(const Shape& x) const { return kernels::packed_floats(width(x), x[1]); }
  double scale(const Shape& x) const { return 1 / std::sqrt(double(width(x))); }
  // visit(sample from c.begin on, head)
  template <class T, class Visit>
  void each(const Call<T>& c, Visit visit) const {
    for (Size n = 0; n < c.end - c.begin; ++n)
      for (Size head = 0; head < heads; ++head) visit(n, head);
  }
};

// The products of this op, of floats by kernels and of doubles by the reference.
namespace attention {

template <class T>
using Operand = kernels::ReferenceOperand<T>;

// C[m, n] = A[m, k] Bᵀ of B[n, k]; floats take its panels.
template <class T>
void by_transposed(const T* a, Size a_stride, const T* b, Size b_stride, const T* panels, Size m,
                   Size k, Size n, T* c, Size c_stride) {
  if constexpr (std::is_same_v<T, float>)
    kernels::gemm_packed(a, a_stride, panels, m, k, n, c, c_stride, {});
  else
    kernels::gemm_reference<T, T>(Operand<T>{a, a_stride}, Operand<T>{b, b_stride, true}, m, k, n,
                                  c, c_stride);
}
// C[m, n] = A[m, k] B[k, n]
template <class T>
void product(const T* a, Size a_stride, const T* b, Size b_stride, Size m, Size k, Size n, T* c,
             Size c_stride) {
  if constexpr (std::is_same_v<T, float>)
    kernels::gemm_in_place(a, a_stride, b, b_stride, m, k, n, c, c_stride);
  else
    kernels::gemm_reference<T, T>(Operand<T>{a, a_stride}, Operand<T>{b, b_stride}, m, k, n, c,
                                  c_stride);
}
// C[m, n] = Aᵀ B of A[k, m] and B[k, n]
template <class T>
void transposed_by(const T* a, Size a_stride, const T* b, Size b_stride, Size m, Size k, Size n,
                   T* c, Size c_stride) {
  if constexpr (std::is_same_v<T, float>)
    kernels::gemm_transposed_a(a, a_stride, b, b_stride, k, 0, m, n, c, c_stride, false);
  else
    kernels::gemm_reference<T, T>(Operand<T>{a, a_stride, true}, Operand<T>{b, b_stride}, m, k, n,
                                  c, c_stride);
}

}  // namespace attention

// Input x → panels of Kᵀ (part 1) or Vᵀ (part 2) of each head, [batch, heads · floats].
struct AttentionPanelsOp final : Op {
  AttentionPanelsOp(AttentionShape of, Size third) : lie(of), part(third) {}
  AttentionShape lie;
  Size part;
  std::string_view name() const override { return "attention_panels"; }
  std::string settings() const override { return formatted("{} {}", lie.text(), part); }
  Shape shape(const Shapes& in) const override { return {in[0][0], lie.heads * lie.panels(in[0])}; }
  double flops(const Shapes&, const Shape&) const override { return 0; }
  void run(const Call<float>& c) const override {
    const Shape& x = *c.shapes[0];
    const Size d = lie.width(x), steps = x[1], each = lie.panels(x);
    const Size columns = kernels::panel_columns();
    lie.each(c, [&](Size n, Size head) {
      const float* from = c.batch(0) + n * x.row() + part * x[2] / 3 + head * d;
      kernels::pack_panels(from, d, steps, x[2], true, c.out + c.first() + n * c.item + head * each,
                           0, (steps + columns - 1) / columns);
    });
  }
  void reference(const Call<double>&) const override {}  // the interpreter reads x itself
};

// Inputs x, panels of Kᵀ → P.
struct AttentionWeightsOp final : PlainOp<AttentionWeightsOp> {
  explicit AttentionWeightsOp(AttentionShape of) : lie(of) {}
  AttentionShape lie;
  std::string_view name() const override { return "attention_weights"; }
  std::string settings() const override { return lie.text(); }
  Shape shape(const Shapes& in) const override {
    return {in[0][0], lie.heads * in[0][1], in[0][1]};
  }
  double flops(const Shapes& in, const Shape& out) const override {
    return 2.0 * double(out.count()) * double(lie.width(in[0]));
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Shape& x = *c.shapes[0];
    const Size d = lie.width(x), steps = x[1], each = lie.panels(x);
    lie.each(c, [&](Size n, Size head) {
      const T* q = c.batch(0) + n * x.row() + head * d;
      T* p = c.out + c.first() + n * c.item + head * steps * steps;
      attention::by_transposed(q, x[2], q + x[2] / 3, x[2],
                               c.in[1] + ((c.begin + n) * lie.heads + head) * each, steps, d, steps,
                               p, steps);
      scale(p, T(lie.scale(x)), p, steps * steps);
      if (!lie.causal) return softmax(p, p, steps, steps);
      for (Size i = 0; i < steps; ++i) {
        softmax(p + i * steps, p + i * steps, 1, i + 1);
        std::fill_n(p + i * steps + i + 1, steps - i - 1, T(0));
      }
    });
  }
};

// Inputs P, x, dO, panels of Vᵀ → dS / √d.
struct AttentionScoresBackwardOp final : PlainOp<AttentionScoresBackwardOp> {
  explicit AttentionScoresBackwardOp(AttentionShape of) : lie(of) {}
  AttentionShape lie;
  std::string_view name() const override { return "attention_scores_backward"; }
  std::string settings() const override { return lie.text(); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  double flops(const Shapes& in, const Shape& out) const override {
    return 2.0 * double(out.count()) * double(lie.width(in[1]));
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Shape& x = *c.shapes[1];
    const Size d = lie.width(x), steps = x[1], width = x[2] / 3, each = lie.panels(x);
    const T factor(lie.scale(x));
    lie.each(c, [&](Size n, Size head) {
      const T* p = c.batch(0) + n * c.item + head * steps * steps;
      T* ds = c.out + c.first() + n * c.item + head * steps * steps;
      attention::by_transposed(c.batch(2) + n * steps * width + head * d, width,
                               c.batch(1) + n * x.row() + 2 * width + head * d, x[2],
                               c.in[3] + ((c.begin + n) * lie.heads + head) * each, steps, d, steps,
                               ds, steps);
      // dO · O is this mean too, but rounded apart from dP: where one step takes all, dS is 0.
      using namespace kernels;
      using namespace kernels::reference;
      softmax_backward(p, ds, factor, ds, steps, steps);
    });
  }
};

// Inputs dS / √d, P, x, dO → dx.
struct AttentionBackwardOp final : PlainOp<AttentionBackwardOp> {
  explicit AttentionBackwardOp(AttentionShape of) : lie(of) {}
  AttentionShape lie;
  std::string_view name() const override { return "attention_backward"; }
  std::string settings() const override { return lie.text(); }
  Shape shape(const Shapes& in) const override { return in[2]; }
  double flops(const Shapes& in, const Shape&) const override {
    return 6.0 * double(in[0].count()) * double(lie.width(in[2]));
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Shape& x = *c.shapes[2];
    const Size d = lie.width(x), steps = x[1], width = x[2] / 3, square = steps * steps;
    lie.each(c, [&](Size n, Size head) {
      const T* ds = c.batch(0) + (n * lie.heads + head) * square;
      const T* p = c.batch(1) + (n * lie.heads + head) * square;
      const T* q = c.batch(2) + n * x.row() + head * d;
      const T* d_o = c.batch(3) + n * steps * width + head * d;
      T* dq = c.out + c.first() + n * c.item + head * d;
      attention::product(ds, steps, q + width, x[2], steps, steps, d, dq, x[2]);
      attention::transposed_by(ds, steps, q, x[2], steps, steps, d, dq + width, x[2]);
      attention::transposed_by(p, steps, d_o, width, steps, steps, d, dq + 2 * width, x[2]);
    });
  }
};

// Inputs P, x → O. The gradient goes straight to x, also for what P was made of.
struct AttentionOp final : PlainOp<AttentionOp> {
  explicit AttentionOp(AttentionShape of) : lie(of) {}
  AttentionShape lie;
  std::string_view name() const override { return "attention"; }
  std::string settings() const override { return lie.text(); }
  Shape shape(const Shapes& in) const override { return {in[1][0], in[1][1], in[1][2] / 3}; }
  double flops(const Shapes& in, const Shape&) const override {
    return 2.0 * double(in[0].count()) * double(lie.width(in[1]));
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Shape& x = *c.shapes[1];
    const Size d = lie.width(x), steps = x[1], width = x[2] / 3;
    lie.each(c, [&](Size n, Size head) {
      attention::product(c.batch(0) + (n * lie.heads + head) * steps * steps, steps,
                         c.batch(1) + n * x.row() + 2 * width + head * d, x[2], steps, steps, d,
                         c.out + c.first() + n * c.item + head * d, width);
    });
  }
  Values gradient(const Values& in, Value, Value d_o) const override {
    Graph& graph = *d_o.graph;
    const Value values = graph.add(AttentionPanelsOp(lie, 2), {in[1]});
    const Value ds = graph.add(AttentionScoresBackwardOp(lie), {in[0], in[1], d_o, values});
    return {{}, graph.add(AttentionBackwardOp(lie), {ds, in[0], in[1], d_o})};
  }
};

// x: [batch, T, 3 E] → [batch, T, E]. Throws Error when heads do not divide E.
inline Value attention_of(Value x, const AttentionShape& lie) {
  Graph& graph = *x.graph;
  if (x.shape().rank() != 3 || x.shape().back() % (3 * lie.heads) != 0)
    fail("attention: {} heads do not fit queries, keys and values of shape {}", lie.heads,
         x.shape().text());
  const Value keys = graph.add(AttentionPanelsOp(lie, 1), {x});
  return graph.add(AttentionOp(lie), {graph.add(AttentionWeightsOp(lie), {x, keys}), x});
}

}  // namespace goodfit
