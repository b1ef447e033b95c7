// Amsgrad: Adam that divides by the largest mean square it has seen.
//
//   g ← g + λ w                      λ weight_decay; decoupled: w ← w − η λ w instead
//   m ← β₁ m + (1 − β₁) g            starts at 0
//   v ← β₂ v + (1 − β₂) g²           starts at 0
//   x ← max(x, v)                    starts at 0
//   w ← w − η m̂ / (√x̂ + ε)           m̂ = m / (1 − β₁ᵗ),  x̂ = x / (1 − β₂ᵗ),  η the lr
//
// The step of a weight only ever becomes shorter, which repairs a case in which Adam walks away
// from the minimum: large gradients that are rare and soon forgotten. In practice the two differ
// little. Source: Reddi, Kale & Kumar 2018, "On the Convergence of Adam and Beyond",
// arXiv:1904.09237, alg. 2, with the bias of both means undone as in PyTorch's Adam and AdamW with
// amsgrad=True.
#pragma once
#include <algorithm>
#include <cmath>

#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Amsgrad {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
  bool decoupled = false;

  static constexpr Card card{"amsgrad", "Adam that divides by the largest mean square so far."};
  static constexpr auto fields() {
    return Fields{
        field("beta1", &Amsgrad::beta1, share, "share of the old mean gradient kept at each step"),
        field("beta2", &Amsgrad::beta2, share, "share of the old mean square kept at each step"),
        field("eps", &Amsgrad::eps, above(0), "added to the root, against division by zero"),
        field("weight_decay", &Amsgrad::weight_decay, at_least(0), "pull towards zero"),
        field("decoupled", &Amsgrad::decoupled,
              "weight_decay acts as in adamw, not through the gradient"),
    };
  }

  static constexpr std::array<std::string_view, 3> memory{"mean", "square", "largest"};

  void update(const Step& now, Span w, ConstSpan g, Memory<3> kept) const {
    const auto [mean, square, largest] = kept;
    const double b1 = now.momentum.value_or(beta1);
    const auto rate = float(now.lr / bias_correction(b1, now.number)), floor = float(eps);
    const auto root = float(1 / std::sqrt(bias_correction(beta2, now.number)));
    const auto added1 = float(1 - b1), kept2 = float(beta2), added2 = float(1 - beta2);
    const auto pull = float(decoupled ? 0 : weight_decay);
    const auto shrink = float(decoupled ? 1 - now.lr * weight_decay : 1);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const float d = g[i] + pull * w[i];
      mean[i] += added1 * (d - mean[i]);
      square[i] = kept2 * square[i] + added2 * d * d;
      largest[i] = std::max(largest[i], square[i]);
      w[i] = shrink * w[i] - rate * mean[i] / (std::sqrt(largest[i]) * root + floor);
    }
  }
};

}  // namespace goodfit
