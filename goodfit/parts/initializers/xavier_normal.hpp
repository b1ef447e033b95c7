// XavierNormal: keeps the size of signals and of gradients through layers that are linear around 0.
//
//   w ~ N(0, gain² · 2 / (fan_in + fan_out))
//
// The compromise between fan_in · D w = 1 (signal stays) and fan_out · D w = 1 (gradient stays).
// For tanh, softsign and linear layers; after a ReLU, which halves the signal, take he_normal.
// Source: Glorot & Bengio 2010, "Understanding the difficulty of training deep feedforward neural
// networks", AISTATS, eq. 12.
#pragma once
#include <cmath>

#include "goodfit/parts/initializers/normal.hpp"

namespace goodfit {

struct XavierNormal {
  double gain = 1;

  static constexpr Card card{"xavier_normal", "Normal with variance 2 / (fan_in + fan_out)."};
  static constexpr auto fields() {
    return Fields{field("gain", &XavierNormal::gain, above(0), "factor of the standard deviation")};
  }

  double deviation(const Fan& fan) const {
    return gain * std::sqrt(2.0 / double(fan.in + fan.out));
  }

  void fill(Span w, const Fan& fan, Random& random) const {
    Normal{.std = deviation(fan)}.fill(w, fan, random);
  }
};

}  // namespace goodfit
