// Pace: whether other threads help with a step. Cores may lie far apart, or others may be at work
// on them, so that one thread alone is done sooner; both ways are timed now and then. The bits are
// the same.
#pragma once
#include <algorithm>
#include <array>

#include "goodfit/base/size.hpp"

namespace goodfit {

class Pace {
 public:
  // For the step that comes.
  bool alone() const { return number_ < 0 ? alone_ : number_ >= tries; }

  // What that step took.
  void took(double seconds) {
    if (number_ >= 0) seconds_[std::size_t(number_)] = seconds;
    if (++number_ < 2 * tries) return;
    alone_ = middle(tries) < clearly * middle(0);
    number_ = alone_ ? -steps_alone : -steps_together;
  }

  // Steps of each way in a trial, before the first trial and until the next one. A thread that has
  // just begun may share its core with the other until the system moves it.
  static constexpr Size tries = 5, steps_before = 40, steps_together = 1000, steps_alone = 200;

 private:
  static constexpr double clearly = 0.95;

  // Of the tries from `first` on: the first finds cold caches, another may have been disturbed.
  double middle(Size first) const {
    std::array<double, std::size_t(tries)> sorted;
    std::copy_n(seconds_.begin() + first, tries, sorted.begin());
    std::sort(sorted.begin(), sorted.end());
    return sorted[std::size_t(tries / 2)];
  }

  Size number_ = -steps_before;  // of the step in a trial; below 0: steps until there is one
  std::array<double, std::size_t(2 * tries)> seconds_{};
  bool alone_ = false;
};

}  // namespace goodfit
