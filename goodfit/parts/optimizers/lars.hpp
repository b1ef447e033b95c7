// Lars: momentum whose step is a share of the size of each tensor.
//
//   ρ = τ ‖w‖ / (‖g‖ + λ ‖w‖)     τ trust, λ weight_decay; 1 when ‖w‖ or ‖g‖ is 0
//   b ← μ b + ρ (g + λ w)         μ momentum, b starts at 0
//   w ← w − η b                   η the lr
//
// Norms are of the whole tensor, a weight or a bias. Keeps the update of every layer in proportion
// to its weights, so that batches of thousands of samples train with the long steps they need: η is
// of the size of 1 to 30, after a warmup. Source: You, Gitman & Ginsburg 2017, "Large Batch
// Training of Convolutional Networks", arXiv:1708.03888, alg. 1; the lr stands outside of b as in
// sgd.
#pragma once
#include <cmath>

#include "goodfit/parts/optimizers/optimizer.hpp"
#include "goodfit/parts/optimizers/squared_norm.hpp"

namespace goodfit {

struct Lars {
  double momentum = 0.9;
  double weight_decay = 0;
  double trust = 1e-3;

  static constexpr Card card{"lars", "Momentum whose step is a share of each tensor's size."};
  static constexpr auto fields() {
    return Fields{
        field("momentum", &Lars::momentum, share, "share of the last direction kept in the next"),
        field("weight_decay", &Lars::weight_decay, at_least(0),
              "pull towards zero, added to the gradient per unit of weight"),
        field("trust", &Lars::trust, above(0),
              "size of a step as a share of the tensor's, per unit of lr"),
    };
  }

  static constexpr bool whole_tensor = true;
  static constexpr std::array<std::string_view, 1> memory{"momentum"};

  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept) const {
    const auto [direction] = kept;
    const double size = std::sqrt(squared_norm(w)), slope = std::sqrt(squared_norm(g));
    const bool scaled = size > 0 && slope > 0;
    const auto ratio = float(scaled ? trust * size / (slope + weight_decay * size) : 1);
    const auto rate = float(now.lr), pull = float(weight_decay);
    const auto old = float(now.momentum.value_or(momentum));
    for (std::size_t i = 0; i < w.size(); ++i) {
      direction[i] = old * direction[i] + ratio * (g[i] + pull * w[i]);
      w[i] -= rate * direction[i];
    }
  }
};

}  // namespace goodfit
