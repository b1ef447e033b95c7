// ConstantSchedule: the same lr from the first step to the last.
//
//   η = value
//
// A bare number in a recipe (lr = 1e-3) or in C++ (.lr = 1e-3) is this schedule.
#pragma once
#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct ConstantSchedule {
  double value = 1e-3;

  static constexpr Card card{"constant", "The same lr at every step."};
  static constexpr auto fields() {
    return Fields{field("value", &ConstantSchedule::value, at_least(0), "lr of every step")};
  }

  double at(const Moment&) const { return value; }
};

}  // namespace goodfit
