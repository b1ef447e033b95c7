// InverseSqrt: warm up in a straight line, then fall with the root of the steps done.
//
//   η(n) = max · min(n / k, √(k / n))       n the step, 1 for the first; k warmup, at least 1
//
// Moves per step and does not ask how long the run is, so that a run may be made longer: after four
// times as many steps the lr is half as high. For attention networks. Source: Vaswani et al. 2017,
// "Attention Is All You Need", arXiv:1706.03762, eq. 3, where max = 1 / √(d_model k).
#pragma once
#include <cmath>

#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct InverseSqrt {
  double max = 1e-3;
  Size warmup = 4000;

  static constexpr Card card{
      "inverse_sqrt", "Linear warmup, then falls with the root of the steps; moves per step."};
  static constexpr auto fields() {
    return Fields{
        field("max", &InverseSqrt::max, at_least(0), "highest lr, reached when the warmup ends"),
        field("warmup", &InverseSqrt::warmup, at_least(0), "steps of linear warmup"),
    };
  }

  double at(const Moment& moment) const {
    const double n = double(moment.step + 1), k = double(std::max<Size>(1, warmup));
    return max * std::min(n / k, std::sqrt(k / n));
  }
};

}  // namespace goodfit
