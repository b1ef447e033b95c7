// Softmax: y_c = e^x_c / Σ_j e^x_j, over the last axis
//
// Inside a net, as for a mixture of parts. Not before the loss cross_entropy, which takes logits
// and does it itself. Source: Bridle 1990, "Probabilistic Interpretation of Feedforward
// Classification Network Outputs".
#pragma once
#include "goodfit/compute/ops/softmax.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Softmax {
  static constexpr Card card{"softmax", "Turns the last axis into shares that add up to 1."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return linear_gain; }

  Value build(Net&, Value x) const { return goodfit::softmax(x); }
};

}  // namespace goodfit
