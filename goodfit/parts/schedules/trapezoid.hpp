// Trapezoid: a short rise, a long plateau, a fall in a straight line.
//
//   η(t) = max · min(1, (t + 1) / (a T + 1), (T − t) / (b T))        a rise, b fall, T steps, t
//   from 0
//
// Moves per step. Nearly as good as cosine, but only the fall depends on the length of the run: one
// plateau can serve runs of several lengths. Also called warmup-stable-decay. Source: Hägele et al.
// 2024, "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations",
// arXiv:2405.18392, section 3 (linear cooldown).
#pragma once
#include <algorithm>

#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct Trapezoid {
  double max = 1e-3;
  double rise = 0.05;
  double fall = 0.2;

  static constexpr Card card{"trapezoid",
                             "A rise, a plateau, a straight fall to 0; moves per step."};
  static constexpr auto fields() {
    return Fields{
        field("max", &Trapezoid::max, at_least(0), "lr of the plateau"),
        field("rise", &Trapezoid::rise, within(0, 1), "a: share of the steps that the rise takes"),
        field("fall", &Trapezoid::fall, within(0, 1), "b: share of the steps that the fall takes"),
    };
  }

  double at(const Moment& moment) const {
    const double t = double(moment.step), steps = double(std::max<Size>(1, moment.steps));
    const double left = std::max(0.0, steps - t);
    const double up = (t + 1) / (rise * steps + 1), down = fall > 0 ? left / (fall * steps) : 1;
    return max * std::min({1.0, up, down});
  }
};

}  // namespace goodfit
