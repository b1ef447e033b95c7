// Polynomial: the lr falls along a power of the time that is left.
//
//   η(t) = min + (max − min) · (1 − t / steps)^p       t the step, 0 for the first; p power
//
// Moves per step. p = 1 is a straight line, p = 2 falls fast and ends gently, p = 0.9 is the habit
// of image segmentation. Source: PyTorch's PolynomialLR (which has min = 0); Chen et al. 2017,
// "DeepLab", arXiv:1606.00915, section 4.1.
#pragma once
#include <cmath>

#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct Polynomial {
  double max = 1e-3;
  double min = 0;
  double power = 1;

  static constexpr Card card{"polynomial",
                             "Falls along a power of the time that is left; moves per step."};
  static constexpr auto fields() {
    return Fields{
        field("max", &Polynomial::max, at_least(0), "lr of the first step"),
        field("min", &Polynomial::min, at_least(0), "lr that the last step comes close to"),
        field("power", &Polynomial::power, above(0), "1 is a straight line, 2 ends gently"),
    };
  }

  double at(const Moment& moment) const {
    const double left = std::max(0.0, 1 - double(moment.step) / double(moment.steps));
    return min + (max - min) * std::pow(left, power);
  }
};

}  // namespace goodfit
