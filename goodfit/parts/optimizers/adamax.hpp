// Adamax: Adam with the largest recent gradient in the place of the mean square.
//
//   g ← g + λ w                      λ weight_decay
//   m ← β₁ m + (1 − β₁) g            starts at 0
//   u ← max(β₂ u, |g| + ε)           starts at 0, fades by β₂ a step
//   w ← w − η m̂ / u                  m̂ = m / (1 − β₁ᵗ), t the number of the step, η the lr
//
// No step is longer than about η, even after a gradient far larger than all before it, which makes
// it calm on rare and very uneven gradients. The usual lr is 2e-3. Source: Kingma & Ba 2015,
// arXiv:1412.6980, alg. 2; ε beside |g| as in PyTorch.
#pragma once
#include <algorithm>
#include <cmath>

#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Adamax {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;

  static constexpr Card card{"adamax", "Adam that divides by the largest recent gradient."};
  static constexpr auto fields() {
    return Fields{
        field("beta1", &Adamax::beta1, share, "share of the old mean gradient kept at each step"),
        field("beta2", &Adamax::beta2, share, "share of the largest gradient kept at each step"),
        field("eps", &Adamax::eps, above(0), "added to each gradient's size"),
        field("weight_decay", &Adamax::weight_decay, at_least(0),
              "pull towards zero, added to the gradient per unit of weight"),
    };
  }

  static constexpr std::array<std::string_view, 2> memory{"mean", "largest"};

  void update(const Step& now, Span w, ConstSpan g, Memory<2> kept) const {
    const auto [mean, largest] = kept;
    const double b1 = now.momentum.value_or(beta1);
    const auto rate = float(now.lr / bias_correction(b1, now.number));
    const auto added = float(1 - b1), fading = float(beta2);
    const auto pull = float(weight_decay), floor = float(eps);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const float d = g[i] + pull * w[i];
      mean[i] += added * (d - mean[i]);
      largest[i] = std::max(fading * largest[i], std::abs(d) + floor);
      w[i] -= rate * mean[i] / largest[i];
    }
  }
};

}  // namespace goodfit
