// IntervalWidth: how wide the intervals are in which the model expects the targets.
//
//   interval_width = mean of 2 z σ,  erf(z / √2) = level        in the unit of the target
//
// σ as the model tells it with gaussian_nll. Of two models whose coverage is near the level, the
// one with the narrower intervals knows more. By itself it says nothing: see coverage. Source:
// Gneiting, Balabdaoui & Raftery 2007, "Probabilistic forecasts, calibration and sharpness", J. R.
// Statist. Soc. B 69, section 3.4.
#pragma once
#include "goodfit/parts/metrics/intervals.hpp"

namespace goodfit {

struct IntervalWidth {
  double level = 0.9;

  static constexpr Card card{"interval_width", "Mean width of the predicted interval."};
  static constexpr auto fields() {
    return Fields{field("level", &IntervalWidth::level, level_range, level_about)};
  }
  static constexpr bool higher_is_better = false;
  static constexpr bool of_noise = true;

  using State = MeanState;

  // Throws Error unless the model tells its noise.
  void add(State& state, const Outcome& outcome) const {
    add_intervals(card.key, level, outcome, state, [&](std::size_t i, double half) {
      return std::isnan(outcome.outputs[i]) ? std::nan("") : 2 * half;
    });
  }

  // NaN before the first row, and when an output was not a number.
  double value(const State& state) const { return state.mean(); }
};

}  // namespace goodfit
