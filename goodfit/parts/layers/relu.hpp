// Relu: y = max(x, 0)
//
// Cheap and does not fade; units whose input stays negative are dead.
// Source: Nair & Hinton 2010, "Rectified Linear Units Improve Restricted Boltzmann Machines".
#pragma once
#include "goodfit/compute/ops/relu.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Relu {
  static constexpr Card card{"relu", "Zero for negative inputs, the identity for the others."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return relu_gain; }

  Value build(Net&, Value x) const { return goodfit::relu(x); }
};

}  // namespace goodfit
