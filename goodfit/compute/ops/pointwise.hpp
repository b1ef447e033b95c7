// Pointwise: y = f(x) for each element alone, with f given as a curve; dx = dy f'(x).
//
// A curve says its formula once, for float and double:
//   static constexpr std::string_view name;
//   std::string settings() const;            what tells two curves of one name apart
//   template <class T> T value(T x) const;   f(x)
//   template <class T> T slope(T x) const;   f'(x); at a kink one of the sides
// and, where kernels know it, by which name floats are done many at once:
//   kernels::Curve fast() const;
#pragma once
#include <cmath>
#include <concepts>

#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/curves/curves.hpp"

namespace goodfit {

template <class C, class T>
concept FastFor = std::same_as<T, float> && requires(const C& curve) {
  curve.fast();
};

template <class C>
concept Curve = requires(const C& curve, double x) {
  { C::name } -> std::convertible_to<std::string_view>;
  { curve.settings() } -> std::convertible_to<std::string>;
  { curve.value(x) } -> std::same_as<double>;
  { curve.slope(x) } -> std::same_as<double>;
};

// Inputs x, dy.
template <Curve C>
struct PointwiseBackwardOp final : PlainOp<PointwiseBackwardOp<C>> {
  explicit PointwiseBackwardOp(const C& of) : curve(of) {}
  C curve;
  std::string_view name() const override { return "pointwise_backward"; }
  std::string settings() const override { return std::string(C::name) + " " + curve.settings(); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    const T *x = c.in[0] + c.first(), *dy = c.in[1] + c.first();
    T* dx = c.out + c.first();
    if constexpr (FastFor<C, T>) {
      kernels::curve_gradients(curve.fast(), x, dy, dx, c.count());
    } else {
      for (Size i = 0; i < c.count(); ++i) dx[i] = dy[i] * curve.slope(x[i]);
    }
  }
};

// Input x.
template <Curve C>
struct PointwiseOp final : PlainOp<PointwiseOp<C>> {
  explicit PointwiseOp(const C& of) : curve(of) {}
  C curve;
  std::string_view name() const override { return C::name; }
  std::string settings() const override { return curve.settings(); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    const T* x = c.in[0] + c.first();
    T* y = c.out + c.first();
    if constexpr (FastFor<C, T>) {
      kernels::curve_values(curve.fast(), x, y, c.count());
    } else {
      for (Size i = 0; i < c.count(); ++i) y[i] = curve.value(x[i]);
    }
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    return {dy.graph->add(PointwiseBackwardOp<C>(curve), {in[0], dy})};
  }
};

template <Curve C>
Value pointwise(Value x, const C& curve) {
  return x.graph->add(PointwiseOp<C>(curve), {x});
}

// Pieces that curves are made of; none overflows.
template <class T>
T logistic(T x) {
  const T e = std::exp(-std::abs(x));
  return (x < 0 ? e : T(1)) / (1 + e);
}
template <class T>
T log_one_plus_exp(T x) {
  return std::max(x, T(0)) + std::log1p(std::exp(-std::abs(x)));
}

}  // namespace goodfit
