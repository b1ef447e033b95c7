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

  struct State {
    double sum = 0;
    Size numbers = 0;
  };

  // Throws Error unless outputs and targets are equally wide.
  void add(State& state, const Outcome& outcome) const {
    check_numbers(card.key, outcome);
    const Size numbers = outcome.rows * outcome.width;
    for (std::size_t i = 0; i < std::size_t(numbers); ++i)
      state.sum += std::abs(double(outcome.outputs[i]) - double(outcome.targets[i]));
    state.numbers += numbers;
  }

  // NaN before the first row.
  double value(const State& state) const {
    if (state.numbers == 0) return std::numeric_limits<double>::quiet_NaN();
    return state.sum / double(state.numbers);
  }
};

}  // namespace goodfit
