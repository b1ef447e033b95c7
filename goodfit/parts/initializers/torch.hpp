// Torch: what PyTorch gives a linear or convolution layer when nothing is said.
//
//   w ~ U[−b, b),  b = 1 / √fan_in          for weights and biases alike
//
// A recipe that begins as PyTorch says init = "torch" and bias_init = "torch".
//
// Its variance 1 / (3 fan_in) is a sixth of what a ReLU needs, so deep networks without
// normalization fade; here for comparisons with PyTorch. Source: PyTorch's Linear.reset_parameters,
// kaiming_uniform_ with a = √5.
#pragma once
#include <cmath>

#include "goodfit/parts/initializers/uniform.hpp"

namespace goodfit {

struct Torch {
  static constexpr Card card{"torch", "PyTorch's own default: uniform within 1 / √fan_in."};
  static constexpr auto fields() { return Fields{}; }

  void fill(Span w, const Fan& fan, Random& random) const {
    const double border = 1 / std::sqrt(double(fan.in));
    Uniform{-border, border}.fill(w, fan, random);
  }
};

}  // namespace goodfit
