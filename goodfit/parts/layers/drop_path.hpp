// Drop path: y = x / (1 − p) with probability 1 − p, else 0, for each sample as a whole.
//
// As the last layer of a residual's body it is stochastic depth: a sample passes by the body. Very
// deep nets train faster and better so. Active in training and in sampling.
// Source: Huang et al. 2016, arXiv:1603.09382, eq. 2; scaled in training, as in timm.
#pragma once
#include "goodfit/compute/ops/dropout.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct DropPath {
  double p = 0.1;

  static constexpr Card card{"drop_path", "Drops whole samples: stochastic depth in a residual."};
  static constexpr auto fields() {
    return Fields{field("p", &DropPath::p, share, "probability to drop a sample's branch")};
  }

  Value build(Net& net, Value x) const {
    if (net.mode() == Mode::evaluate || p == 0) return x;
    return goodfit::dropout(x, {.p = p, .each = Decision::sample}, net.stream());
  }
};

}  // namespace goodfit
