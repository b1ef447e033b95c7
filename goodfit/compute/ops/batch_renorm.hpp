// Batch renorm: what corrects a batch's statistics towards the running ones.
//
//   r = clip(σ_B / σ, 1 / r_max … r_max)      d = clip((μ_B − μ) / σ, −d_max … d_max)
//   σ = √(variance + ε)      the limits rise from 1 and 0 over the first `warmup` steps
//   γ' = γ r     β' = γ d + β     so that γ' x̂ + β' = γ (r x̂ + d) + β
//
// r and d are constants to the gradient. Source: Ioffe 2017, arXiv:1702.03275, algorithm 1.
#pragma once
#include <algorithm>

#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/ops/statistics.hpp"

namespace goodfit {

// Inputs the batch's mean and variance [2, C], the running mean and variance [C] → r and d [2, C].
struct RenormOp final : PlainOp<RenormOp> {
  RenormOp(double most_scale, double most_shift, Size steps, double epsilon)
      : r_max(most_scale), d_max(most_shift), warmup(steps), eps(epsilon) {}
  double r_max, d_max;
  Size warmup;
  double eps;
  std::string_view name() const override { return "renorm"; }
  std::string settings() const override {
    return formatted("r_max={} d_max={} warmup={} eps={}", r_max, d_max, warmup, eps);
  }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    const double share = warmup > 0 ? std::min(1.0, double(c.step) / double(warmup)) : 1.0;
    const T most_scale = T(1 + share * (r_max - 1)), most_shift = T(share * d_max);
    const Size width = c.shape->back();
    for (Size i = 0; i < width; ++i) {
      const T own = std::sqrt(c.in[0][width + i] + T(eps)),
              running = std::sqrt(c.in[2][i] + T(eps));
      c.out[i] = std::clamp(own / running, T(1) / most_scale, most_scale);
      c.out[width + i] = std::clamp((c.in[0][i] - c.in[1][i]) / running, -most_shift, most_shift);
    }
  }
  // Constants by definition, so there is no way back.
  Values gradient(const Values&, Value, Value) const override { return {{}, {}, {}}; }
};

// Inputs a row [C] and the matrix [2, C] whose row `row` scales it.
struct ScaledRowOp final : PlainOp<ScaledRowOp> {
  explicit ScaledRowOp(Size which) : row(which) {}
  Size row;
  std::string_view name() const override { return "scaled_row"; }
  std::string settings() const override { return std::to_string(row); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    for (Size i = 0; i < c.count(); ++i) c.out[i] = c.in[0][i] * c.in[1][row * c.count() + i];
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(*this, {d, in[1]}), {}};
  }
};

inline Value scaled_row(Value row, Value by, Size which) {
  return row.graph->add(ScaledRowOp(which), {row, by});
}

}  // namespace goodfit
