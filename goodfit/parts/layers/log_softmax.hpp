// Log softmax: y_c = x_c − log Σ_j e^x_j, over the last axis
//
// For the loss nll. The loss cross_entropy takes logits and does it itself.
#pragma once
#include "goodfit/compute/ops/softmax.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct LogSoftmax {
  static constexpr Card card{"log_softmax", "The logarithm of softmax."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return linear_gain; }

  Value build(Net&, Value x) const { return goodfit::log_softmax(x); }
};

}  // namespace goodfit
