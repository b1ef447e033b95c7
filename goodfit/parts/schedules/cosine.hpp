// Cosine: warm up in a straight line, then come down along half a cosine.
//
//   η(t) = max · (t + 1) / warmup                        t < warmup
//   η(t) = min + ½ (max − min) (1 + cos π u)             otherwise
//   u    = (t − warmup) / (steps − warmup)               0 at the top; 1 just behind the end
//
// Moves per step. Good for most networks when the length of the run is fixed beforehand.
// Source: Loshchilov & Hutter 2017, "SGDR", arXiv:1608.03983, eq. 5 (one period, no restarts);
// without warmup it equals PyTorch's CosineAnnealingLR with T_max = steps.
#pragma once
#include <algorithm>
#include <cmath>
#include <numbers>

#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct Cosine {
  double max = 1e-3;
  double min = 0;
  Size warmup = 0;

  static constexpr Card card{"cosine", "Linear warmup, then half a cosine down; moves per step."};
  static constexpr auto fields() {
    return Fields{
        field("max", &Cosine::max, at_least(0), "highest lr, reached when the warmup ends"),
        field("min", &Cosine::min, at_least(0), "lr that the last step comes close to"),
        field("warmup", &Cosine::warmup, at_least(0), "steps of linear warmup"),
    };
  }

  double at(const Moment& moment) const {
    if (moment.step < warmup) return max * double(moment.step + 1) / double(warmup);
    const double length = double(std::max<Size>(1, moment.steps - warmup));
    const double u = std::min(1.0, double(moment.step - warmup) / length);
    return min + 0.5 * (max - min) * (1 + std::cos(std::numbers::pi * u));
  }
};

}  // namespace goodfit
