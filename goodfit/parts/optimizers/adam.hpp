// Adam: momentum, divided by the recent size of each gradient.
//
//   g ← g + λ w                      λ weight_decay, coupled: it is divided by √v̂ as well
//   m ← β₁ m + (1 − β₁) g            mean of the gradients, starts at 0
//   v ← β₂ v + (1 − β₂) g²           mean of their squares, starts at 0
//   m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)      t the number of the step: undoes the start at 0
//   w ← w − η m̂ / (√v̂ + ε)           η the lr
//
// The step has about the size η whatever the scale of the gradient, so η = 1e-3 suits most
// networks. For weight decay that acts evenly on all weights take adamw. Source: Kingma & Ba 2015,
// "Adam: A Method for Stochastic Optimization", arXiv:1412.6980, alg. 1.
#pragma once
#include "goodfit/compute/kernels/update/update.hpp"
#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Adam {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;

  static constexpr Card card{"adam", "Momentum divided by the recent size of each gradient."};
  static constexpr auto fields() {
    return Fields{
        field("beta1", &Adam::beta1, share, "share of the old mean gradient kept at each step"),
        field("beta2", &Adam::beta2, share, "share of the old mean square kept at each step"),
        field("eps", &Adam::eps, above(0), "added to the root, against division by zero"),
        field("weight_decay", &Adam::weight_decay, at_least(0),
              "pull towards zero, added to the gradient per unit of weight"),
    };
  }

  static constexpr std::array<std::string_view, 2> memory{"mean", "square"};

  void update(const Step& now, Span w, ConstSpan g, Memory<2> kept) const {
    step(now, w, g, kept, false);
  }

  // The formula above; `decoupled` takes λ out of g, as AdamW wants it.
  void step(const Step& now, Span w, ConstSpan g, Memory<2> kept, bool decoupled) const {
    const double b1 = now.momentum.value_or(beta1);
    kernels::adam(w.data(), g.data(), kept[0].data(), kept[1].data(), Size(w.size()),
                  {.lr = now.lr,
                   .beta1 = b1,
                   .beta2 = beta2,
                   .eps = eps,
                   .weight_decay = weight_decay,
                   .decoupled = decoupled,
                   .bias1 = bias_correction(b1, now.number),
                   .bias2 = bias_correction(beta2, now.number)});
  }
};

}  // namespace goodfit
