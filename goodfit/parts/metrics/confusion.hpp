// Confusion: how often samples of each class were taken for each class; what accuracy, precision
// and recall are sums of, and what they do not tell: which classes are alike to the model.
//
//   counts[target, found]        a row holds the samples of a class, the diagonal those found right
//
// Samples whose outputs are not numbers, or whose target is no class, are counted nowhere.
// Source: Pearson 1904, "On the theory of contingency and its relation to association and normal
// correlation".
#pragma once
#include <vector>

#include "goodfit/parts/metrics/classes.hpp"

namespace goodfit {

struct Confusion {
  Size classes = 0;
  std::vector<Size> counts = {};  // [classes, classes]

  // Throws Error unless there is one target per sample.
  void add(const Outcome& outcome) {
    check_classes("confusion", outcome);
    classes = classes_of(outcome);
    counts.resize(std::size_t(classes * classes));
    for (Size i = 0; i < outcome.rows; ++i) {
      const ClassRow row(outcome, i);
      const Size found = row.found();
      if (found >= 0 && row.target >= 0) ++counts[std::size_t(row.target * classes + found)];
    }
  }

  Size at(Size target, Size found) const { return counts[std::size_t(target * classes + found)]; }
  Size samples_of(Size target) const {
    Size sum = 0;
    for (Size found = 0; found < classes; ++found) sum += at(target, found);
    return sum;
  }
};

}  // namespace goodfit
