// Auroc: the chance that a sample of a class is ranked above one that is not.
//
//   (pairs in the right order + ½ pairs that are equal) / pairs        = (R − n (n + 1) / 2) / (n
//   m)
//
// n samples of the class, m others, R the sum of the ranks of the n by log p − log(1 − p). For two
// classes that of class 1; for more the mean over the classes, each against the rest, of those that
// have samples on both sides. ½ is chance; no threshold is needed, and unequal classes do no harm.
// All samples are kept until the end. Source: Hanley & McNeil 1982, "The Meaning and Use of the
// Area under a ROC Curve"; as Mann & Whitney 1947.
#pragma once
#include "goodfit/parts/metrics/classes.hpp"

namespace goodfit {

struct Auroc {
  static constexpr Card card{"auroc", "Chance that a sample of a class is ranked above another."};
  static constexpr auto fields() { return Fields{}; }
  static constexpr bool higher_is_better = true;

  struct State {
    std::vector<std::vector<double>> scores;  // of class 1 for two classes, else of each
    std::vector<Size> targets;
  };

  // Throws Error unless there is one target per sample.
  void add(State& state, const Outcome& outcome) const;

  // NaN before the first row, while no class has samples on both sides, and when an output was not
  // a number.
  double value(const State& state) const;
};

}  // namespace goodfit
