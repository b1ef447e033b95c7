// XavierUniform: xavier_normal's variance, evenly spread, so that no weight is far from 0.
//
//   w ~ U[−b, b),  b = gain · √(6 / (fan_in + fan_out))
//
// The root covers the 6 and the fans alike; with √6 / (fan_in + fan_out) the signal would fade.
// Source: Glorot & Bengio 2010, "Understanding the difficulty of training deep feedforward neural
// networks", AISTATS, eq. 16.
#pragma once
#include <numbers>

#include "goodfit/parts/initializers/uniform.hpp"
#include "goodfit/parts/initializers/xavier_normal.hpp"

namespace goodfit {

struct XavierUniform {
  double gain = 1;

  static constexpr Card card{"xavier_uniform", "Uniform with variance 2 / (fan_in + fan_out)."};
  static constexpr auto fields() {
    return Fields{field("gain", &XavierUniform::gain, above(0), "factor of the borders")};
  }

  void fill(Span w, const Fan& fan, Random& random) const {
    const double border = std::numbers::sqrt3 * XavierNormal{gain}.deviation(fan);
    Uniform{-border, border}.fill(w, fan, random);
  }
};

}  // namespace goodfit
