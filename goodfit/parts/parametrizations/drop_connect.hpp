// Drop connect: W' = W / (1 − p) with probability 1 − p, else 0, for each weight and step.
//
// Dropout of single connections instead of units; active in training and in sampling. The mask is
// one for all samples of a batch: one for each sample would cost more than the layer's product, as
// the authors' own means over masks do. p is the probability to drop.
// Source: Wan, Zeiler, Zhang, LeCun & Fergus 2013, "Regularization of Neural Networks using
// DropConnect", section 3.
#pragma once
#include "goodfit/compute/ops/drop_weights.hpp"
#include "goodfit/parts/parametrizations/parametrization.hpp"

namespace goodfit {

struct DropConnect {
  double p = 0.5;

  static constexpr Card card{"drop_connect", "Drops weights at random, in training and sampling."};
  static constexpr auto fields() {
    return Fields{field("p", &DropConnect::p, share, "probability to drop a weight")};
  }

  Value build(Net& net, const Raw& raw) const {
    if (net.mode() == Mode::evaluate || p == 0) return raw.value;
    return drop_weights(raw.value, p, net.stream() + stream_of(raw.name));
  }
};

}  // namespace goodfit
