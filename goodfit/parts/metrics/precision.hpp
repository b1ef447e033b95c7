// Precision: of the samples that are said to be of a class, the share that is.
//
//   right / found of each class, averaged
//
// For when a false alarm is dear. One number of it means little without recall.
#pragma once
#include "goodfit/parts/metrics/class_counts.hpp"

namespace goodfit {

struct Precision {
  std::string average = "macro";

  static constexpr Card card{"precision", "Share of a class's finds that are right."};
  static constexpr auto fields() {
    return Fields{field("average", &Precision::average, class_averages, class_averages_about)};
  }
  static constexpr bool higher_is_better = true;

  using State = ClassCounts;

  // Throws Error unless there is one target per sample.
  void add(State& state, const Outcome& outcome) const {
    count_classes(card.key, average, state, outcome);
  }

  // NaN before the first row.
  double value(const State& state) const {
    return average_over_classes(average, state,
                                [](const ClassCount& c) { return share_of(c.right, c.found); });
  }
};

}  // namespace goodfit
