// LogLoss: the mean of −log p of the target, p from the logits; in nats.
//
// It is the loss cross_entropy without smoothing, weights and whatever else a recipe trains with,
// so that runs with different losses compare. log C is what guessing gives.
#pragma once
#include "goodfit/parts/metrics/classes.hpp"

namespace goodfit {

struct LogLoss {
  static constexpr Card card{"log_loss", "Mean of −log of the target's probability."};
  static constexpr auto fields() { return Fields{}; }
  static constexpr bool higher_is_better = false;
  static constexpr bool of_probabilities = true;

  using State = MeanState;

  // Throws Error unless there is one target per sample. A target that is no class makes it NaN.
  void add(State& state, const Outcome& outcome) const {
    check_classes(card.key, outcome);
    for (Size i = 0; i < outcome.rows; ++i) {
      const ClassRow row(outcome, i);
      state.add(row.target < 0 ? std::nan("") : ClassOdds(row).surprise(row.target));
    }
  }

  // NaN before the first row.
  double value(const State& state) const { return state.mean(); }
};

}  // namespace goodfit
