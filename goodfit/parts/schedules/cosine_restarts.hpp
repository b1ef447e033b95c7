// CosineRestarts: half a cosine down, then back to the top, again and again.
//
//   η(t) = min + ½ (max − min) (1 + cos π t' / T)
//   t'     steps since the last restart
//   T      steps from it to the next: `period` epochs at first, `factor` times as many after each
//
// Moves per step. Each fall ends in a network that can be used, so the run may be stopped at any
// restart; periods of 10, 20, 40, … epochs are usual. Source: Loshchilov & Hutter 2017, "SGDR",
// arXiv:1608.03983, eq. 5; PyTorch's CosineAnnealingWarmRestarts, asked at every step.
#pragma once
#include <cmath>
#include <numbers>

#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct CosineRestarts {
  double max = 1e-3;
  double min = 0;
  Size period = 10;
  Size factor = 1;

  static constexpr Card card{"cosine_restarts",
                             "Half a cosine down, again and again from the top; moves per step."};
  static constexpr auto fields() {
    return Fields{
        field("max", &CosineRestarts::max, at_least(0), "lr after each restart"),
        field("min", &CosineRestarts::min, at_least(0), "lr that each fall comes close to"),
        field("period", &CosineRestarts::period, at_least(1), "epochs to the first restart"),
        field("factor", &CosineRestarts::factor, at_least(1),
              "each period is so many times as long as the one before"),
    };
  }

  double at(const Moment& moment) const {
    double step = double(moment.step), length = double(period) * double(moment.steps_of_epoch());
    if (factor == 1) step = std::fmod(step, length);
    while (step >= length) {
      step -= length;
      length *= double(factor);
    }
    return min + 0.5 * (max - min) * (1 + std::cos(std::numbers::pi * step / length));
  }
};

}  // namespace goodfit
