// Noise: y = x + σ n with n ~ N(0, 1), for each unit and sample.
//
// On inputs it makes more data of few, and for small σ it acts as a penalty on steep outputs.
// Active in training and in sampling. Source: Bishop 1995, "Training with Noise is Equivalent to
// Tikhonov Regularization".
#pragma once
#include "goodfit/compute/ops/noise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Noise {
  double sigma = 0.1;

  static constexpr Card card{"noise", "Adds normal noise, in training and in sampling."};
  static constexpr auto fields() {
    return Fields{field("sigma", &Noise::sigma, at_least(0), "σ: deviation of the noise")};
  }

  Value build(Net& net, Value x) const {
    if (net.mode() == Mode::evaluate || sigma == 0) return x;
    return goodfit::noise(x, sigma, false, net.stream());
  }
};

}  // namespace goodfit
