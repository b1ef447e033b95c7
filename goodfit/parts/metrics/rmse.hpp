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

  using State = MeanState;

  // Throws Error unless outputs and targets are equally wide.
  void add(State& state, const Outcome& outcome) const {
    check_numbers(card.key, outcome);
    for (std::size_t i = 0; i < std::size_t(outcome.rows * outcome.width); ++i) {
      const double error = double(outcome.outputs[i]) - double(outcome.targets[i]);
      state.add(error * error);
    }
  }

  // NaN before the first row.
  double value(const State& state) const { return std::sqrt(state.mean()); }
};

}  // namespace goodfit
