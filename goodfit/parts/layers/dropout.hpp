// Dropout: y = x / (1 − p) with probability 1 − p, else 0, for each unit and sample.
//
// Active in training and in sampling, where many passes give a distribution and from it intervals.
// Against overfitting and co-adaptation of units. p is the probability to drop, as in PyTorch.
// Source: Srivastava et al. 2014, JMLR 15, section 4; Gal & Ghahramani 2016, arXiv:1506.02142
// (sampling).
#pragma once
#include "goodfit/compute/ops/dropout.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Dropout {
  double p = 0.5;

  static constexpr Card card{"dropout", "Drops units at random, in training and in sampling."};
  static constexpr auto fields() {
    return std::tuple{field("p", &Dropout::p, share, "probability to drop a unit")};
  }

  Value build(Net& net, Value x) const {
    if (net.mode() == Mode::evaluate || p == 0) return x;
    return goodfit::dropout(x, p, net.stream());
  }
};

}  // namespace goodfit
