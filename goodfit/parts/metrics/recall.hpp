// Recall: of the samples of a class, the share that is found.
//
//   right / wanted of each class, averaged
//
// For when a miss is dear. Its macro average is the balanced accuracy, which a large class cannot
// flatter.
#pragma once
#include "goodfit/parts/metrics/class_counts.hpp"

namespace goodfit {

struct Recall {
  std::string average = "macro";

  static constexpr Card card{"recall", "Share of a class's samples that are found."};
  static constexpr auto fields() {
    return Fields{field("average", &Recall::average, class_averages, class_averages_about)};
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
                                [](const ClassCount& c) { return share_of(c.right, c.wanted); });
  }
};

}  // namespace goodfit
