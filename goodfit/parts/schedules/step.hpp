// StepSchedule: the lr falls by a factor every few epochs.
//
//   η(e) = base · γ^⌊e / every⌋       e the epoch, 0 for the first; γ gamma
//
// Moves per epoch. The classical schedule of image networks with sgd; it needs to be known in
// advance when progress stalls, which reduce_on_plateau finds out by itself. Source: PyTorch's
// StepLR; He et al. 2016, "Deep Residual Learning", arXiv:1512.03385, section 3.4.
#pragma once
#include <cmath>

#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct StepSchedule {
  double base = 1e-3;
  double gamma = 0.1;
  Size every = 10;

  static constexpr Card card{"step", "Falls by a factor every few epochs; moves per epoch."};
  static constexpr auto fields() {
    return Fields{
        field("base", &StepSchedule::base, at_least(0), "lr of the first epochs"),
        field("gamma", &StepSchedule::gamma, within(0, 1), "factor of each fall"),
        field("every", &StepSchedule::every, at_least(1), "epochs from one fall to the next"),
    };
  }

  double at(const Moment& moment) const {
    return base * std::pow(gamma, double(moment.epoch / every));
  }
};

}  // namespace goodfit
