// Gradient noise: g ← g + σ n,   σ² = η / (1 + t)^γ,   n normal          t steps done, from 0
//
// Helps very deep nets out of a bad start; it fades while they learn. η is one of 0.01, 0.3 and 1
// in the paper. The noise is a function of seed, step, tensor and place: no threads nor resume
// change it. Source: Neelakantan et al. 2015, "Adding Gradient Noise Improves Learning for Very
// Deep Networks", arXiv:1511.06807, eq. 1.
#pragma once
#include "goodfit/base/random.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/fading_noise.hpp"
#include "goodfit/parts/gradients/gradient_rule.hpp"

namespace goodfit {

struct GradientNoise {
  double eta = 0.01;
  double gamma = 0.55;

  static constexpr Card card{"gradient_noise", "Adds noise that fades with the steps."};
  static constexpr auto fields() {
    return Fields{
        field("eta", &GradientNoise::eta, at_least(0), "η: variance in the first step"),
        field("gamma", &GradientNoise::gamma, at_least(0), "γ: how fast it fades"),
    };
  }

  Values build(Values gradients) const {
    for (std::size_t i = 0; i < gradients.size(); ++i)
      gradients[i] =
          fading_noise(gradients[i], eta, gamma, stream_of(formatted("gradient_noise/{}", i)));
    return gradients;
  }
};

}  // namespace goodfit
