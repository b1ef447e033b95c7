// AdaBelief: Adam that steps far where gradients come as expected, and not where they are small.
//
//   m ← β₁ m + (1 − β₁) g                       what is believed; m starts at 0
//   s ← β₂ s + (1 − β₂) (g − m)² + ε            how far g was from that; s starts at 0
//   w ← w − η λ w − η m̂ / (√ŝ + ε)              m̂ = m / (1 − β₁ᵗ), ŝ = s / (1 − β₂ᵗ), t the step
//
// η is the lr, λ weight_decay, decoupled. Adam divides by the size of the gradient, this by its
// surprise: small but steady gradients give large steps. Often as good as sgd on images. Source:
// Zhuang et al. 2020, "AdaBelief Optimizer", arXiv:2010.07468, alg. 2.
#pragma once
#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct AdaBelief {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;

  static constexpr Card card{"adabelief", "Adam that divides by how unexpected gradients are."};
  static constexpr auto fields() {
    return Fields{
        field("beta1", &AdaBelief::beta1, share, "share of the old belief kept at each step"),
        field("beta2", &AdaBelief::beta2, share, "share of the old surprise kept at each step"),
        field("eps", &AdaBelief::eps, above(0), "added to the surprise and to its root"),
        field("weight_decay", &AdaBelief::weight_decay, at_least(0),
              "share of each weight removed per step and unit of lr"),
    };
  }

  static constexpr std::array<std::string_view, 2> memory{"belief", "surprise"};

  void update(const Step& now, Span w, ConstSpan g, Memory<2> kept) const {
    const auto [m, s] = kept;
    const double b1 = now.momentum.value_or(beta1);
    const auto kept1 = float(b1), added1 = float(1 - b1);
    const auto kept2 = float(beta2), added2 = float(1 - beta2), small = float(eps);
    const auto rate = float(now.lr / bias_correction(b1, now.number));
    const auto square = float(1 / bias_correction(beta2, now.number));
    const auto shrink = float(1 - now.lr * weight_decay);
    for (std::size_t i = 0; i < w.size(); ++i) {
      m[i] = kept1 * m[i] + added1 * g[i];
      s[i] = kept2 * s[i] + added2 * (g[i] - m[i]) * (g[i] - m[i]) + small;
      w[i] = shrink * w[i] - rate * m[i] / (std::sqrt(s[i] * square) + small);
    }
  }
};

}  // namespace goodfit
