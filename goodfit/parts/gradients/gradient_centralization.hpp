// Gradient centralization: g_u ← g_u − mean g_u     g_u the gradient of a unit's incoming weights
//
// For weights of two axes or more, [units, …]; biases and other vectors are left alone. Keeps the
// mean of each unit's weights where it began, which smooths the way and helps to generalize; costs
// one pass over the gradients. Source: Yong, Huang, Hua & Zhang 2020, "Gradient Centralization: A
// New Optimization Technique for Deep Neural Networks", arXiv:2004.01461, eq. 1.
#pragma once
#include "goodfit/compute/ops/center_units.hpp"
#include "goodfit/parts/gradients/gradient_rule.hpp"

namespace goodfit {

struct GradientCentralization {
  static constexpr Card card{"gradient_centralization",
                             "Takes the mean from each unit's gradient."};
  static constexpr auto fields() { return Fields{}; }

  Values build(Values gradients) const {
    for (Value& g : gradients)
      if (g.shape().rank() > 1) g = center_units(g);
    return gradients;
  }
};

}  // namespace goodfit
