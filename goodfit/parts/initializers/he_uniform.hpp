// HeUniform: he_normal's variance, evenly spread, so that no weight is far from 0.
//
//   w ~ U[−b, b),  b = √3 · gain / √n,  n = fan_in | fan_out | (fan_in + fan_out) / 2
//
// Source: He et al. 2015, "Delving Deep into Rectifiers", arXiv:1502.01852, eq. 10 and 14; the
// uniform form is PyTorch's kaiming_uniform_.
#pragma once
#include "goodfit/parts/initializers/he_normal.hpp"
#include "goodfit/parts/initializers/uniform.hpp"

namespace goodfit {

struct HeUniform {
  std::string mode = "fan_in";
  double gain = std::numbers::sqrt2;

  static constexpr Card card{"he_uniform", "Uniform with variance 2 / fan_in; before ReLU."};
  static constexpr auto fields() {
    return Fields{
        field("mode", &HeUniform::mode, Choices{"fan_in", "fan_out", "average"},
              "whose size stays: of signals, of gradients, or between the two"),
        field("gain", &HeUniform::gain, above(0), "factor of the standard deviation"),
    };
  }

  void fill(Span w, const Fan& fan, Random& random) const {
    const double border = std::numbers::sqrt3 * HeNormal{mode, gain}.deviation(fan);
    Uniform{-border, border}.fill(w, fan, random);
  }
};

}  // namespace goodfit
