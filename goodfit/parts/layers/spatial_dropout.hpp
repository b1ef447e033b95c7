// Spatial dropout: y = x / (1 − p) with probability 1 − p, else 0, for each channel of a sample, at
// all its positions at once.
//
//   x, y: [batch, …, C]
//
// For convolutions: neighbouring pixels are so alike that dropping some of them drops nothing.
// Active in training and in sampling. Source: Tompson et al. 2015, arXiv:1411.4280, section 3.2.
#pragma once
#include "goodfit/compute/ops/dropout.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct SpatialDropout {
  double p = 0.5;

  static constexpr Card card{"spatial_dropout", "Drops whole channels of a sample at random."};
  static constexpr auto fields() {
    return Fields{field("p", &SpatialDropout::p, share, "probability to drop a channel")};
  }

  Value build(Net& net, Value x) const {
    if (x.shape().rank() < 3)
      fail("a sample of shape {} has no positions: take dropout", x.shape().without_first().text());
    if (net.mode() == Mode::evaluate || p == 0) return x;
    return goodfit::dropout(x, {.p = p, .each = Decision::channel}, net.stream());
  }
};

}  // namespace goodfit
