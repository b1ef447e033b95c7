// Sgd: stochastic gradient descent, with momentum when wanted.
//
//   g ← g + λ w               λ weight_decay; the same as adding ½ λ Σ w² to the loss
//   b ← μ b + (1 − τ) g       μ momentum, τ dampening; the first b is g itself
//   w ← w − η b               η the lr; with μ = 0 simply w ← w − η g
//
// The simplest rule, and with momentum 0.9 and a good schedule still one of the best for images.
// Momentum multiplies the length of a step by about 1 / (1 − μ): lower the lr accordingly.
// Source: Polyak 1964, "Some methods of speeding up the convergence of iteration methods"; the lr
// stands outside of b as in PyTorch, not inside as in Sutskever et al. 2013.
#pragma once
#include "goodfit/compute/kernels/update/update.hpp"
#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Sgd {
  double momentum = 0;
  double dampening = 0;
  double weight_decay = 0;

  static constexpr Card card{"sgd", "Steps down the gradient, with momentum when wanted."};
  static constexpr auto fields() {
    return Fields{
        field("momentum", &Sgd::momentum, share, "share of the last direction kept in the next"),
        field("dampening", &Sgd::dampening, within(0, 1),
              "share of the gradient left out of the momentum"),
        field("weight_decay", &Sgd::weight_decay, at_least(0),
              "pull towards zero, added to the gradient per unit of weight"),
    };
  }

  static constexpr std::array<std::string_view, 1> memory{"momentum"};

  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept) const {
    const double mu = now.momentum.value_or(momentum);
    if (mu == 0)
      kernels::sgd(w.data(), g.data(), Size(w.size()), now.lr, weight_decay);
    else
      kernels::sgd_momentum(w.data(), g.data(), kept[0].data(), Size(w.size()), now.lr, mu,
                            dampening, weight_decay, false, now.number == 1);
  }
};

}  // namespace goodfit
