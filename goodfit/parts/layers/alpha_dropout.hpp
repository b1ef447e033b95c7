// Alpha dropout: y = a x + b with probability 1 − p, else a α' + b, for each unit and sample.
//
//   α' = −λα = −1.7580993408473766, what selu gives far below zero
//   a = 1 / √((1 − p) (1 + p α'²))      b = −a p α'
//
// Inputs of mean 0 and variance 1 keep both: the dropout of self-normalizing nets, after selu. The
// expectation of y is a (1 − p) x and not x. Active in training and in sampling. The constants are
// PyTorch's. Source: Klambauer et al. 2017, arXiv:1706.02515, section "New Dropout Technique".
#pragma once
#include <cmath>

#include "goodfit/compute/ops/dropout.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct AlphaDropout {
  double p = 0.5;

  static constexpr Card card{"alpha_dropout", "Drops units to where selu saturates."};
  static constexpr auto fields() {
    return Fields{field("p", &AlphaDropout::p, share, "probability to drop a unit")};
  }

  Value build(Net& net, Value x) const {
    if (net.mode() == Mode::evaluate || p == 0) return x;
    const double saturated = -1.7580993408473766;
    const double a = 1 / std::sqrt((1 - p) * (1 + p * saturated * saturated));
    const double b = -a * p * saturated;
    return goodfit::dropout(x, {.p = p, .factor = a, .shift = b, .dropped = a * saturated + b},
                            net.stream());
  }
};

}  // namespace goodfit
