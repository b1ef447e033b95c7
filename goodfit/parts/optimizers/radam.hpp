// Radam: Adam that does not divide by the root before the root is known well enough.
//
//   g ← g + λ w                                  λ weight_decay
//   m ← β₁ m + (1 − β₁) g,   m̂ = m / (1 − β₁ᵗ)   starts at 0; t the number of the step
//   v ← β₂ v + (1 − β₂) g²                       starts at 0
//   ρ∞ = 2 / (1 − β₂) − 1,   ρ = ρ∞ − 2 t β₂ᵗ / (1 − β₂ᵗ)      how many gradients v stands for
//   r = √((ρ − 4)(ρ − 2) ρ∞ / ((ρ∞ − 4)(ρ∞ − 2) ρ))
//   w ← w − η r m̂ √(1 − β₂ᵗ) / (√v + ε)          ρ > 5
//   w ← w − η m̂                                  otherwise: plain momentum, the first few steps
//
// Does by itself what a warmup does for Adam. Source: Liu et al. 2020, "On the Variance of the
// Adaptive Learning Rate and Beyond", arXiv:1908.03265, alg. 2; ρ > 5 as in PyTorch.
#pragma once
#include <cmath>

#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Radam {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;

  static constexpr Card card{"radam", "Adam with a warmup of its own making."};
  static constexpr auto fields() {
    return Fields{
        field("beta1", &Radam::beta1, share, "share of the old mean gradient kept at each step"),
        field("beta2", &Radam::beta2, share, "share of the old mean square kept at each step"),
        field("eps", &Radam::eps, above(0), "added to the root, against division by zero"),
        field("weight_decay", &Radam::weight_decay, at_least(0),
              "pull towards zero, added to the gradient per unit of weight"),
    };
  }

  static constexpr std::array<std::string_view, 2> memory{"mean", "square"};

  void update(const Step& now, Span w, ConstSpan g, Memory<2> kept) const {
    const auto [mean, square] = kept;
    const double b1 = now.momentum.value_or(beta1), t = double(now.number);
    const double bias2 = bias_correction(beta2, now.number), most = 2 / (1 - beta2) - 1;
    const double known = most - 2 * t * (1 - bias2) / bias2,
                 lr = now.lr / bias_correction(b1, now.number);
    const bool divides = known > 5;
    const double rectified =
        std::sqrt((known - 4) * (known - 2) * most / ((most - 4) * (most - 2) * known) * bias2);
    const auto rate = float(divides ? lr * rectified : lr), floor = float(eps);
    const auto added1 = float(1 - b1), kept2 = float(beta2), added2 = float(1 - beta2);
    const auto pull = float(weight_decay);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const float d = g[i] + pull * w[i];
      mean[i] += added1 * (d - mean[i]);
      square[i] = kept2 * square[i] + added2 * d * d;
      w[i] -= rate * mean[i] / (divides ? std::sqrt(square[i]) + floor : 1.0f);
    }
  }
};

}  // namespace goodfit
