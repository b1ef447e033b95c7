// Lion: steps of one length, by the sign of a mixed momentum.
//
//   c = β₁ m + (1 − β₁) g                direction; m starts at 0
//   w ← w − η (sign(c) + λ w)            η the lr, λ weight_decay, decoupled; sign(0) = 0
//   m ← β₂ m + (1 − β₂) g
//
// Half the memory of Adam. Every weight moves by η at every step, so η is 3 to 10 times smaller
// than for adamw, weight_decay as much larger, and the lr has to fall in the end. Likes large
// batches. Source: Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms",
// arXiv:2302.06675, alg. 2.
#pragma once
#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Lion {
  double beta1 = 0.9;
  double beta2 = 0.99;
  double weight_decay = 0;

  static constexpr Card card{"lion", "Steps of one length, by the sign of a mixed momentum."};
  static constexpr auto fields() {
    return Fields{
        field("beta1", &Lion::beta1, share, "share of the momentum in the direction of a step"),
        field("beta2", &Lion::beta2, share, "share of the momentum that is kept"),
        field("weight_decay", &Lion::weight_decay, at_least(0),
              "share of each weight removed per step and unit of lr"),
    };
  }

  static constexpr std::array<std::string_view, 1> memory{"momentum"};

  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept) const {
    const auto [m] = kept;
    const double b1 = now.momentum.value_or(beta1);
    const auto kept1 = float(b1), added1 = float(1 - b1);
    const auto kept2 = float(beta2), added2 = float(1 - beta2);
    const auto rate = float(now.lr), shrink = float(1 - now.lr * weight_decay);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const float direction = kept1 * m[i] + added1 * g[i];
      const float sign = float(direction > 0) - float(direction < 0);
      w[i] = shrink * w[i] - rate * sign;
      m[i] = kept2 * m[i] + added2 * g[i];
    }
  }
};

}  // namespace goodfit
