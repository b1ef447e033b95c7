// Sigmoid: y = 1 / (1 + e^-x)
//
// Fades in deep nets: its slope is at most 1/4.
#pragma once
#include "goodfit/compute/ops/sigmoid.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Sigmoid {
  static constexpr Card card{"sigmoid", "Squeezes into 0 … 1."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return sigmoid_gain; }

  Value build(Net&, Value x) const { return goodfit::sigmoid(x); }
};

}  // namespace goodfit
