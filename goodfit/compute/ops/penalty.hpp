// Penalty of a weight: a scalar that is added to the loss.
//
//   squares      y = λ Σ w²      dw = dy · 2 λ w
//   magnitudes   y = λ Σ |w|     dw = dy · λ sign w, 0 at 0
#pragma once
#include <cmath>

#include "goodfit/base/error.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/elementwise/elementwise.hpp"
#include "goodfit/compute/kernels/elementwise/elementwise_reference.hpp"
#include "goodfit/compute/ops/dot.hpp"

namespace goodfit {

enum class Norm { squares, magnitudes };

// Inputs w and the scalar dy.
struct PenaltyBackwardOp final : PlainOp<PenaltyBackwardOp> {
  PenaltyBackwardOp(Norm kind, double factor) : norm(kind), lambda(factor) {}
  Norm norm;
  double lambda;
  std::string_view name() const override {
    return norm == Norm::squares ? "squares_backward" : "magnitudes_backward";
  }
  std::string settings() const override { return formatted("lambda={}", lambda); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const T factor = T(lambda) * c.in[1][0];
    const T* w = c.in[0] + c.first();
    T* out = c.out + c.first();
    if (norm == Norm::squares) return scale(w, T(2) * factor, out, c.count());
    std::fill_n(out, c.count(), T(0));
    sign_scaled_add(out, factor, w, out, c.count());
  }
};

struct PenaltyOp final : PlainOp<PenaltyOp> {
  PenaltyOp(Norm kind, double factor) : norm(kind), lambda(factor) {}
  Norm norm;
  double lambda;
  std::string_view name() const override {
    return norm == Norm::squares ? "squares" : "magnitudes";
  }
  std::string settings() const override { return formatted("lambda={}", lambda); }
  Shape shape(const Shapes&) const override { return {1}; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    // Numbers of one sign: a float that holds the sum of many loses those that are added to it.
    constexpr Size few = 1024;
    double sum = 0;
    const Size n = c.shapes[0]->count();
    for (Size begin = 0; begin < n; begin += few)
      sum += double(sum_side_by_side<T>(begin, std::min(n, begin + few), [&](Size i) {
        return norm == Norm::squares ? c.in[0][i] * c.in[0][i] : std::abs(c.in[0][i]);
      }));
    c.out[0] = T(lambda * sum);
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(PenaltyBackwardOp(norm, lambda), {in[0], d})};
  }
};

inline Value penalty(Value weight, Norm norm, double lambda) {
  return weight.graph->add(PenaltyOp(norm, lambda), {weight});
}

}  // namespace goodfit
