// ExponentialSchedule: the lr falls by the same factor after every epoch.
//
//   η(e) = base · γ^e       e the epoch, 0 for the first; γ gamma
//
// Moves per epoch. A steady fall with nothing to place; the last lr is base · γ^(epochs − 1), so
// choose γ by the length of the run. Source: PyTorch's ExponentialLR.
#pragma once
#include <cmath>

#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct ExponentialSchedule {
  double base = 1e-3;
  double gamma = 0.95;

  static constexpr Card card{"exponential",
                             "Falls by the same factor after every epoch; moves per epoch."};
  static constexpr auto fields() {
    return Fields{
        field("base", &ExponentialSchedule::base, at_least(0), "lr of the first epoch"),
        field("gamma", &ExponentialSchedule::gamma, within(0, 1), "factor of each fall"),
    };
  }

  double at(const Moment& moment) const { return base * std::pow(gamma, double(moment.epoch)); }
};

}  // namespace goodfit
