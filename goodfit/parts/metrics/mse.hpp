// MseMetric: mean squared error, in the squared unit of the target.
//
//   mse = Σ (output − target)² / (rows · width)
//
// What the loss mse makes small; rmse says the same in the unit of the target.
#pragma once
#include "goodfit/parts/metrics/rmse.hpp"

namespace goodfit {

struct MseMetric {
  static constexpr Card card{"mse", "Mean squared error, in the squared unit of the target."};
  static constexpr auto fields() { return Fields{}; }
  static constexpr bool higher_is_better = false;

  using State = MeanState;

  // Throws Error unless outputs and targets are equally wide.
  void add(State& state, const Outcome& outcome) const {
    check_numbers(card.key, outcome);
    Rmse{}.add(state, outcome);
  }

  // NaN before the first row.
  double value(const State& state) const { return state.mean(); }
};

}  // namespace goodfit
