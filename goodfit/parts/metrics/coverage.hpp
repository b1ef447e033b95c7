// Coverage: the share of targets that lie where the model expects them.
//
//   coverage = targets with |target − μ| ≤ z σ / targets,  erf(z / √2) = level
//
// μ and σ as the model tells them with gaussian_nll. Near the level: the noise is told well. Below
// it: the model is too sure; above it: not sure enough. More counts as better where one must be,
// but what is wanted is the level, with an interval_width as small as may be.
// Source: Gneiting, Balabdaoui & Raftery 2007, "Probabilistic forecasts, calibration and
// sharpness", J. R. Statist. Soc. B 69, section 3.
#pragma once
#include "goodfit/parts/metrics/intervals.hpp"

namespace goodfit {

struct Coverage {
  double level = 0.9;

  static constexpr Card card{"coverage", "Share of the targets inside the predicted interval."};
  static constexpr auto fields() {
    return Fields{field("level", &Coverage::level, level_range, level_about)};
  }
  static constexpr bool higher_is_better = true;
  static constexpr bool of_noise = true;

  using State = MeanState;

  // Throws Error unless the model tells its noise.
  void add(State& state, const Outcome& outcome) const {
    add_intervals(card.key, level, outcome, state, [&](std::size_t i, double half) {
      return double(std::abs(double(outcome.outputs[i]) - double(outcome.targets[i])) <= half);
    });
  }

  // NaN before the first row.
  double value(const State& state) const { return state.mean(); }
};

}  // namespace goodfit
