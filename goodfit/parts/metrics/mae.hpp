// MaeMetric: mean absolute error, in the unit of the target.
//
//   mae = Σ |output − target| / (rows · width)
//
// Says how far off a prediction is on the whole; a few wild ones weigh less than in rmse.
#pragma once
#include "goodfit/parts/metrics/numbers.hpp"

namespace goodfit {

struct MaeMetric {
  static constexpr Card card{"mae", "Mean absolute error, in the unit of the target."};
  static constexpr auto fields() { return Fields{}; }
  static constexpr bool higher_is_better = false;

  using State = MeanState;

  // Throws Error unless outputs and targets are equally wide.
  void add(State& state, const Outcome& outcome) const {
    check_numbers(card.key, outcome);
    for (std::size_t i = 0; i < std::size_t(outcome.rows * outcome.width); ++i)
      state.add(std::abs(double(outcome.outputs[i]) - double(outcome.targets[i])));
  }

  // NaN before the first row.
  double value(const State& state) const { return state.mean(); }
};

}  // namespace goodfit
