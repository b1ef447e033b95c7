// HeNormal: keeps the size of the signal through layers that halve it, such as ReLU.
//
//   w ~ N(0, gain² / n),  n = fan_in | fan_out | (fan_in + fan_out) / 2
//
// A ReLU halves the second moment, hence gain² = 2. fan_in keeps the signal, fan_out the gradient.
// Source: He et al. 2015, "Delving Deep into Rectifiers", arXiv:1502.01852, eq. 10 and 14.
#pragma once
#include <cmath>
#include <numbers>

#include "goodfit/parts/initializers/normal.hpp"

namespace goodfit {

struct HeNormal {
  std::string mode = "fan_in";
  double gain = std::numbers::sqrt2;

  static constexpr Card card{"he_normal", "Normal with variance 2 / fan_in; before ReLU."};
  static constexpr auto fields() {
    return Fields{
        field("mode", &HeNormal::mode, Choices{"fan_in", "fan_out", "average"},
              "whose size stays: of signals, of gradients, or between the two"),
        field("gain", &HeNormal::gain, above(0), "factor of the standard deviation"),
    };
  }

  double deviation(const Fan& fan) const {
    const double n = mode == "fan_in"    ? double(fan.in)
                     : mode == "fan_out" ? double(fan.out)
                                         : 0.5 * double(fan.in + fan.out);
    return gain / std::sqrt(n);
  }

  void fill(Span w, const Fan& fan, Random& random) const {
    Normal{.std = deviation(fan)}.fill(w, fan, random);
  }
};

}  // namespace goodfit
