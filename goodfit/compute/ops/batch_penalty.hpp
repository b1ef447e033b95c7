// Batch penalty: a scalar that is added to the loss, from values of all samples; their mean over
// the batch.
//
//   squares      y = λ Σ x² / samples      dx = dy · 2 λ x / samples
//   magnitudes   y = λ Σ |x| / samples     dx = dy · λ sign x / samples, 0 at 0
//
// The sum is over all numbers of a sample: a wider x weighs more.
#pragma once
#include "goodfit/compute/ops/dot.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/compute/ops/penalty.hpp"
#include "goodfit/compute/ops/pointwise.hpp"

namespace goodfit {

struct SquareCurve {
  static constexpr std::string_view name = "square";
  std::string settings() const { return {}; }
  template <class T>
  T value(T x) const {
    return x * x;
  }
  template <class T>
  T slope(T x) const {
    return 2 * x;
  }
};

struct MagnitudeCurve {
  static constexpr std::string_view name = "magnitude";
  std::string settings() const { return {}; }
  template <class T>
  T value(T x) const {
    return std::abs(x);
  }
  template <class T>
  T slope(T x) const {
    return T((x > 0) - (x < 0));
  }
};

// x: [batch, …] → [1].
inline Value batch_penalty(Value x, Norm norm, double lambda) {
  Graph& graph = *x.graph;
  const Value each =
      norm == Norm::squares ? pointwise(x, SquareCurve{}) : pointwise(x, MagnitudeCurve{});
  const Value sums = sum_rows(each);
  const Value total = dot(sums, graph.constant(sums.shape(), lambda));
  return graph.add(DivideByRowsOp(1), {total});
}

}  // namespace goodfit
