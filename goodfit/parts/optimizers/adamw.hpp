// AdamW: Adam with weight decay that does not pass through the gradient.
//
//   w ← w − η λ w                    λ weight_decay: the same pull on every weight
//   w ← w − η m̂ / (√v̂ + ε)           m̂, v̂, η, ε as in adam.hpp, without λ in g
//
// The first choice when nothing is known about a network: insensitive to the scale of gradients,
// and weight_decay means the same whatever the lr schedule does to the rest. Source: Loshchilov &
// Hutter 2019, "Decoupled Weight Decay Regularization", arXiv:1711.05101, alg. 2; the decay is
// multiplied by the lr as in PyTorch.
#pragma once
#include "goodfit/parts/optimizers/adam.hpp"

namespace goodfit {

struct AdamW {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 1e-2;

  static constexpr Card card{"adamw",
                             "Adam with weight decay of its own, the same on all weights."};
  static constexpr auto fields() {
    return Fields{
        field("beta1", &AdamW::beta1, share, "share of the old mean gradient kept at each step"),
        field("beta2", &AdamW::beta2, share, "share of the old mean square kept at each step"),
        field("eps", &AdamW::eps, above(0), "added to the root, against division by zero"),
        field("weight_decay", &AdamW::weight_decay, at_least(0),
              "share of each weight removed per step and unit of lr"),
    };
  }

  static constexpr std::array<std::string_view, 2> memory = Adam::memory;

  void update(const Step& now, Span w, ConstSpan g, Memory<2> kept) const {
    Adam{beta1, beta2, eps, weight_decay}.step(now, w, g, kept, true);
  }
};

}  // namespace goodfit
