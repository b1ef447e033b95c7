// MultiStep: the lr falls by a factor at chosen epochs.
//
//   η(e) = base · γ^k       k the number of milestones that are at most e
//                           e the epoch, 0 for the first; γ gamma
//
// Moves per epoch. As step, but the falls need not be evenly spaced: published recipes of image
// networks say "divided by 10 at half and at three quarters of the epochs". Source: PyTorch's
// MultiStepLR; He et al. 2016, arXiv:1512.03385, section 4.2.
#pragma once
#include <cmath>

#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct MultiStep {
  double base = 1e-3;
  double gamma = 0.1;
  std::vector<Size> milestones{10, 15};

  static constexpr Card card{"multi_step", "Falls by a factor at chosen epochs; moves per epoch."};
  static constexpr auto fields() {
    return Fields{
        field("base", &MultiStep::base, at_least(0), "lr of the first epochs"),
        field("gamma", &MultiStep::gamma, within(0, 1), "factor of each fall"),
        field("milestones", &MultiStep::milestones, at_least(0),
              "epochs at which it falls, counted from 0"),
    };
  }

  double at(const Moment& moment) const {
    const auto passed = std::count_if(milestones.begin(), milestones.end(),
                                      [&](Size epoch) { return epoch <= moment.epoch; });
    return base * std::pow(gamma, double(passed));
  }
};

}  // namespace goodfit
