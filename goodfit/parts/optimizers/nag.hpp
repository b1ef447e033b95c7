// Nag: Nesterov's accelerated gradient, momentum that looks ahead.
//
//   g ← g + λ w               λ weight_decay; the same as adding ½ λ Σ w² to the loss
//   b ← μ b + g               μ momentum; the first b is g itself
//   w ← w − η (g + μ b)       η the lr: one more step of momentum is taken in advance
//
// Like momentum, but it brakes earlier before a rise and so oscillates less.
// Source: Nesterov 1983, "A method of solving a convex programming problem with convergence rate
// O(1/k²)"; this form is PyTorch's SGD(nesterov=True), after Sutskever et al. 2013, eq. 3 and 4.
#pragma once
#include "goodfit/compute/kernels/update/update.hpp"
#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Nag {
  double momentum = 0.9;
  double weight_decay = 0;

  static constexpr Card card{"nag", "Nesterov momentum: steps as if one step further on."};
  static constexpr auto fields() {
    return Fields{
        field("momentum", &Nag::momentum, share, "share of the last direction kept in the next"),
        field("weight_decay", &Nag::weight_decay, at_least(0),
              "pull towards zero, added to the gradient per unit of weight"),
    };
  }

  static constexpr std::array<std::string_view, 1> memory{"momentum"};

  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept) const {
    kernels::sgd_momentum(w.data(), g.data(), kept[0].data(), Size(w.size()), now.lr,
                          now.momentum.value_or(momentum), 0, weight_decay, true, now.number == 1);
  }
};

}  // namespace goodfit
