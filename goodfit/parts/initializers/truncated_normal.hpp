// TruncatedNormal: normal values, of which those outside two borders are drawn again.
//
//   w ~ N(mean, std²) given low ≤ w ≤ high
//
// The borders are absolute, not multiples of std: with std = 0.02 the default ones never act. Cut
// at ±2 std the deviation is 0.8796 std; variance_scaling makes up for it. Source: PyTorch's
// trunc_normal_. Drawing: Robert 1995, "Simulation of truncated normal variables", Statistics and
// Computing 5, section 2.
#pragma once
#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

struct TruncatedNormal {
  double mean = 0;
  double std = 1;
  double low = -2;
  double high = 2;

  static constexpr Card card{"truncated_normal", "Normal values between two borders."};
  static constexpr auto fields() {
    return Fields{
        field("mean", &TruncatedNormal::mean, any_number, "mean before the cut"),
        field("std", &TruncatedNormal::std, above(0), "standard deviation before the cut"),
        field("low", &TruncatedNormal::low, any_number, "lower border, absolute"),
        field("high", &TruncatedNormal::high, any_number, "upper border, absolute"),
    };
  }

  // Throws Error unless low < high.
  void fill(Span w, const Fan& fan, Random& random) const;
};

}  // namespace goodfit
