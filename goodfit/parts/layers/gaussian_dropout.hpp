// Gaussian dropout: y = x m with m ~ N(1, p / (1 − p)), for each unit and sample.
//
// The mean and variance of dropout's own factor, without its zeros. Active in training and in
// sampling. Source: Srivastava et al. 2014, JMLR 15, section 10.
#pragma once
#include <cmath>

#include "goodfit/compute/ops/noise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct GaussianDropout {
  double p = 0.5;

  static constexpr Card card{"gaussian_dropout", "Multiplies units by normal noise around one."};
  static constexpr auto fields() {
    return Fields{field("p", &GaussianDropout::p, share,
                        "probability to drop of the dropout that has the same variance")};
  }

  Value build(Net& net, Value x) const {
    if (net.mode() == Mode::evaluate || p == 0) return x;
    return goodfit::noise(x, std::sqrt(p / (1 - p)), true, net.stream());
  }
};

}  // namespace goodfit
