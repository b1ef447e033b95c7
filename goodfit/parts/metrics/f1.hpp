// F1: the harmonic mean of precision and recall.
//
//   2 right / (found + wanted) of each class, averaged
//
// Low as soon as one of the two is. Source: van Rijsbergen 1979, "Information Retrieval",
// chapter 7.
#pragma once
#include "goodfit/parts/metrics/class_counts.hpp"

namespace goodfit {

struct F1 {
  std::string average = "macro";

  static constexpr Card card{"f1", "Harmonic mean of precision and recall."};
  static constexpr auto fields() {
    return Fields{field("average", &F1::average, class_averages, class_averages_about)};
  }
  static constexpr bool higher_is_better = true;

  using State = ClassCounts;

  // Throws Error unless there is one target per sample.
  void add(State& state, const Outcome& outcome) const {
    count_classes(card.key, average, state, outcome);
  }

  // NaN before the first row.
  double value(const State& state) const {
    return average_over_classes(average, state, [](const ClassCount& c) {
      return share_of(2 * c.right, c.found + c.wanted);
    });
  }
};

}  // namespace goodfit
