// Pace: whether other threads help with a step. Cores may lie far apart, or others may be at work
// on them, so that one thread alone is done sooner; both ways are timed now and then. The bits are
// the same.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit {

class Pace {
 public:
  // For the step that comes.
  bool alone() const { return alone_ || (number_ >= tries && number_ < 2 * tries); }

  // What that step took.
  void took(double seconds) {
    const Size turn = number_++ % tries;  // the first of either way finds cold caches
    if (number_ <= 2 * tries && turn > 0) (number_ <= tries ? together_ : by_one_) += seconds;
    if (number_ == 2 * tries) alone_ = by_one_ < clearly * together_;
    if (number_ == period) *this = {};
  }

  static constexpr Size tries = 5, period = 1000;

 private:
  static constexpr double clearly = 0.95;
  Size number_ = 0;                   // of steps, in this period
  double together_ = 0, by_one_ = 0;  // what the tries took
  bool alone_ = false;
};

}  // namespace goodfit
