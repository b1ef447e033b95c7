// Lamb: Adam whose step is a share of the size of each tensor.
//
//   m ← β₁ m + (1 − β₁) g            starts at 0;  m̂ = m / (1 − β₁ᵗ), t the number of the step
//   v ← β₂ v + (1 − β₂) g²           starts at 0;  v̂ = v / (1 − β₂ᵗ)
//   r = m̂ / (√v̂ + ε) + λ w           λ weight_decay
//   w ← w − η (‖w‖ / ‖r‖) r          η the lr; the ratio is 1 when ‖w‖ or ‖r‖ is 0
//
// Norms are of the whole tensor, a weight or a bias. What lars is to momentum: for batches of
// thousands of samples, above all of attention networks; with a warmup. Source: You et al. 2020,
// "Large Batch Optimization for Deep Learning", arXiv:1904.00962, alg. 2 with φ(x) = x.
#pragma once
#include <cmath>

#include "goodfit/parts/optimizers/optimizer.hpp"
#include "goodfit/parts/optimizers/squared_norm.hpp"

namespace goodfit {

struct Lamb {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-6;
  double weight_decay = 0;

  static constexpr Card card{"lamb", "Adam whose step is a share of each tensor's size."};
  static constexpr auto fields() {
    return Fields{
        field("beta1", &Lamb::beta1, share, "share of the old mean gradient kept at each step"),
        field("beta2", &Lamb::beta2, share, "share of the old mean square kept at each step"),
        field("eps", &Lamb::eps, above(0), "added to the root, against division by zero"),
        field("weight_decay", &Lamb::weight_decay, at_least(0),
              "pull towards zero, added to the direction per unit of weight"),
    };
  }

  static constexpr bool whole_tensor = true;
  static constexpr std::array<std::string_view, 2> memory{"mean", "square"};

  void update(const Step& now, Span w, ConstSpan g, Memory<2> kept) const {
    const auto [mean, square] = kept;
    const double b1 = now.momentum.value_or(beta1);
    const auto along = float(1 / bias_correction(b1, now.number)), floor = float(eps);
    const auto root = float(1 / std::sqrt(bias_correction(beta2, now.number))),
               pull = float(weight_decay);
    const auto added1 = float(1 - b1), kept2 = float(beta2), added2 = float(1 - beta2);
    for (std::size_t i = 0; i < w.size(); ++i) {
      mean[i] += added1 * (g[i] - mean[i]);
      square[i] = kept2 * square[i] + added2 * g[i] * g[i];
    }
    const auto direction = [&, mean = mean, square = square](std::size_t i) {
      return along * mean[i] / (std::sqrt(square[i]) * root + floor) + pull * w[i];
    };
    const double size = std::sqrt(squared_norm(w));
    const double length = std::sqrt(squared_norm(w.size(), direction));
    const auto rate = float(size > 0 && length > 0 ? now.lr * size / length : now.lr);
    for (std::size_t i = 0; i < w.size(); ++i) w[i] -= rate * direction(i);
  }
};

}  // namespace goodfit
