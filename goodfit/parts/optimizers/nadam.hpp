// Nadam: Adam with Nesterov's momentum, which takes one more step of it in advance.
//
//   g ← g + λ w                            λ weight_decay
//   m ← β₁ m + (1 − β₁) g                  starts at 0
//   v ← β₂ v + (1 − β₂) g²                 starts at 0
//   μ_i = β₁ (1 − ½ · 0.96^(i ψ))          momentum of step i, rising from ½ β₁; ψ momentum_decay
//   P_i = μ_1 μ_2 … μ_i                    with the β₁ of this step
//   m̂ = μ_(t+1) m / (1 − P_(t+1)) + (1 − μ_t) g / (1 − P_t)
//   w ← w − η m̂ / (√v̂ + ε)                 v̂ = v / (1 − β₂ᵗ), t the number of the step, η the lr
//
// A little faster than Adam where that oscillates. Source: Dozat 2016, "Incorporating Nesterov
// Momentum into Adam", ICLR workshop, alg. 2; PyTorch's NAdam, where the usual lr is 2e-3.
#pragma once
#include <cmath>

#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Nadam {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
  double momentum_decay = 4e-3;

  static constexpr Card card{"nadam", "Adam that steps as if one step of momentum further on."};
  static constexpr auto fields() {
    return Fields{
        field("beta1", &Nadam::beta1, share, "share of the old mean gradient kept at each step"),
        field("beta2", &Nadam::beta2, share, "share of the old mean square kept at each step"),
        field("eps", &Nadam::eps, above(0), "added to the root, against division by zero"),
        field("weight_decay", &Nadam::weight_decay, at_least(0),
              "pull towards zero, added to the gradient per unit of weight"),
        field("momentum_decay", &Nadam::momentum_decay, at_least(0),
              "how fast the momentum rises to beta1 at the start"),
    };
  }

  static constexpr std::array<std::string_view, 2> memory{"mean", "square"};

  void update(const Step& now, Span w, ConstSpan g, Memory<2> kept) const {
    const auto [mean, square] = kept;
    const double b1 = now.momentum.value_or(beta1), t = double(now.number);
    const double mu = momentum(b1, t), next = momentum(b1, t + 1), product = product_to(b1, t);
    const auto along = float(now.lr * next / (1 - product * next));
    const auto down = float(now.lr * (1 - mu) / (1 - product));
    const auto root = float(1 / std::sqrt(bias_correction(beta2, now.number))), floor = float(eps);
    const auto added1 = float(1 - b1), kept2 = float(beta2), added2 = float(1 - beta2);
    const auto pull = float(weight_decay);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const float d = g[i] + pull * w[i];
      mean[i] += added1 * (d - mean[i]);
      square[i] = kept2 * square[i] + added2 * d * d;
      w[i] -= (along * mean[i] + down * d) / (std::sqrt(square[i]) * root + floor);
    }
  }

 private:
  double momentum(double b1, double i) const {
    return b1 * (1 - 0.5 * std::pow(0.96, i * momentum_decay));
  }
  // P_t anew at every step, so that there is no number to remember. It soon vanishes beside 1.
  double product_to(double b1, double t) const {
    const double fading = std::pow(0.96, momentum_decay);
    double product = 1, rest = 0.5;
    for (double i = 1; i <= t && product > 1e-20; ++i) product *= b1 * (1 - (rest *= fading));
    return product;
  }
};

}  // namespace goodfit
