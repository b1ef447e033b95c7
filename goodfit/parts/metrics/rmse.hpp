// Rmse: root of the mean squared error, in the unit of the target.
//
//   rmse = √( Σ (output − target)² / (rows · width) )
//
// The deviation of the errors; a few wild ones weigh more than in mae.
#pragma once
#include "goodfit/parts/metrics/numbers.hpp"

namespace goodfit {

struct Rmse {
  static constexpr Card card{"rmse", "Root of the mean squared error, in the unit of the target."};
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
    for (std::size_t i = 0; i < std::size_t(numbers); ++i) {
      const double error = double(outcome.outputs[i]) - double(outcome.targets[i]);
      state.sum += error * error;
    }
    state.numbers += numbers;
  }

  // NaN before the first row.
  double value(const State& state) const {
    if (state.numbers == 0) return std::numeric_limits<double>::quiet_NaN();
    return std::sqrt(state.sum / double(state.numbers));
  }
};

}  // namespace goodfit
