// Spectral: the largest singular value of a weight, by power iteration, and division by it.
//
//   v ← Wᵀ u / ‖Wᵀ u‖     u ← W v / ‖W v‖     σ = uᵀ W v     y = W / σ
//
//   dW = (dy − u vᵀ Σ dy y) / σ          u and v count as constants, as in PyTorch
//
// W: a weight, whose units lie as `Units` says, as a matrix [units, width]   u: [units]   v:
// [width] One thread works on the sums: they run over the whole weight, once a step.
#pragma once
#include <cmath>

#include "goodfit/compute/ops/units.hpp"

namespace goodfit {

template <class T>
void normalize(T* x, Size n) {
  double squares = 0;
  for (Size i = 0; i < n; ++i) squares += double(x[i]) * double(x[i]);
  const double length = std::max(std::sqrt(squares), 1e-12);
  for (Size i = 0; i < n; ++i) x[i] = T(double(x[i]) / length);
}

// v = Wᵀ u, normalized.
template <class T>
void right_singular(const Units& units, const T* w, const T* u, T* v) {
  std::fill_n(v, units.width(), T(0));
  for (Size unit = 0; unit < units.count(); ++unit) {
    Size j = 0;
    units.each(unit, [&](Size i) { v[j++] += w[i] * u[unit]; });
  }
  normalize(v, units.width());
}
// u = W v, not normalized.
template <class T>
double row_product(const Units& units, const T* w, const T* v, Size unit) {
  double sum = 0;
  Size j = 0;
  units.each(unit, [&](Size i) { sum += double(w[i]) * double(v[j++]); });
  return sum;
}
template <class T>
void left_singular(const Units& units, const T* w, const T* v, T* u) {
  for (Size unit = 0; unit < units.count(); ++unit) u[unit] = T(row_product(units, w, v, unit));
  normalize(u, units.count());
}

template <class Self>
struct WholeUnitsOp : UnitsOp<Self> {
  using UnitsOp<Self>::UnitsOp;
  Spread spread(bool, const Shape&) const override { return Spread::once; }
};

// Inputs W, u.
struct RightSingularOp final : WholeUnitsOp<RightSingularOp> {
  using WholeUnitsOp::WholeUnitsOp;
  std::string_view name() const override { return "right_singular"; }
  Shape shape(const Shapes&) const override { return {u.width()}; }
  template <class T>
  void work(const Call<T>& c) const {
    right_singular(u, c.in[0], c.in[1], c.out);
  }
};

// Inputs W, v.
struct LeftSingularOp final : WholeUnitsOp<LeftSingularOp> {
  using WholeUnitsOp::WholeUnitsOp;
  std::string_view name() const override { return "left_singular"; }
  Shape shape(const Shapes&) const override { return {u.count()}; }
  template <class T>
  void work(const Call<T>& c) const {
    left_singular(u, c.in[0], c.in[1], c.out);
  }
};

// Inputs u, v, dσ: dW = dσ u vᵀ. Another input lends its shape.
struct OuterProductOp final : UnitsOp<OuterProductOp> {
  using UnitsOp::UnitsOp;
  std::string_view name() const override { return "outer_product"; }
  Shape shape(const Shapes& in) const override { return in[3]; }
  template <class T>
  void work(const Call<T>& c) const {
    for (Size unit = c.begin; unit < c.end; ++unit) {
      const T row = c.in[2][0] * c.in[0][unit];
      Size j = 0;
      u.each(unit, [&](Size i) { c.out[i] = row * c.in[1][j++]; });
    }
  }
};

// Inputs W, u, v: σ, of shape [1].
struct SingularValueOp final : WholeUnitsOp<SingularValueOp> {
  using WholeUnitsOp::WholeUnitsOp;
  std::string_view name() const override { return "singular_value"; }
  Shape shape(const Shapes&) const override { return {1}; }
  template <class T>
  void work(const Call<T>& c) const {
    double sum = 0;
    for (Size unit = 0; unit < u.count(); ++unit)
      sum += double(c.in[1][unit]) * row_product(u, c.in[0], c.in[2], unit);
    c.out[0] = T(sum);
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(OuterProductOp(u), {in[1], in[2], d, in[0]}), {}, {}};
  }
};

// Inputs y, dy, σ: dσ = −Σ dy y / σ.
struct DivideWeightSumOp final : PlainOp<DivideWeightSumOp> {
  std::string_view name() const override { return "divide_weight_sum"; }
  Shape shape(const Shapes&) const override { return {1}; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    double sum = 0;
    for (Size i = 0; i < c.shapes[0]->count(); ++i) sum += double(c.in[0][i]) * double(c.in[1][i]);
    c.out[0] = T(-sum / double(c.in[2][0]));
  }
};

// Inputs W, σ: y = W / σ.
struct DivideWeightOp final : PlainOp<DivideWeightOp> {
  std::string_view name() const override { return "divide_weight"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::tiles; }
  template <class T>
  void work(const Call<T>& c) const {
    for (Size i = c.begin; i < c.end; ++i) c.out[i] = c.in[0][i] / c.in[1][0];
  }
  Values gradient(const Values& in, Value y, Value dy) const override {
    Graph& graph = *dy.graph;
    return {graph.add(DivideWeightOp{}, {dy, in[1]}),
            graph.add(DivideWeightSumOp{}, {y, dy, in[1]})};
  }
};

inline Value right_singular(Value w, Value u, const Units& units) {
  return w.graph->add(RightSingularOp(units), {w, u});
}
inline Value left_singular(Value w, Value v, const Units& units) {
  return w.graph->add(LeftSingularOp(units), {w, v});
}
inline Value singular_value(Value w, Value u, Value v, const Units& units) {
  return w.graph->add(SingularValueOp(units), {w, u, v});
}
inline Value divide_weight(Value w, Value by) { return w.graph->add(DivideWeightOp{}, {w, by}); }

}  // namespace goodfit
