// Brier: the mean squared distance of the probabilities from what came.
//
//   two classes    (p_1 − t)²                     0 … 1, a guess of ½ gives ¼
//   more           Σ_c (p_c − 1[c = t])²          0 … 2
//
// Rewards both right and honest probabilities, and unlike log_loss one sample cannot ruin it. The
// sum over both of two classes would be twice the first form; scikit-learn has it so too.
// Source: Brier 1950, "Verification of Forecasts Expressed in Terms of Probability", eq. 2.
#pragma once
#include "goodfit/parts/metrics/classes.hpp"

namespace goodfit {

struct Brier {
  static constexpr Card card{"brier", "Mean squared distance of probabilities from what came."};
  static constexpr auto fields() { return Fields{}; }
  static constexpr bool higher_is_better = false;
  static constexpr bool of_probabilities = true;

  using State = MeanState;

  // Throws Error unless there is one target per sample. A target that is no class makes it NaN.
  void add(State& state, const Outcome& outcome) const {
    check_classes(card.key, outcome);
    for (Size i = 0; i < outcome.rows; ++i) state.add(distance(ClassRow(outcome, i)));
  }

  // NaN before the first row.
  double value(const State& state) const { return state.mean(); }

 private:
  static double distance(const ClassRow& row) {
    if (row.target < 0) return std::nan("");
    const ClassOdds odds(row);
    double sum = 0;
    for (Size c = row.classes == 2 ? 1 : 0; c < row.classes; ++c) {
      const double apart = odds.probability(c) - double(c == row.target);
      sum += apart * apart;
    }
    return sum;
  }
};

}  // namespace goodfit
