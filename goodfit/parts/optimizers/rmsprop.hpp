// Rmsprop: divides each gradient by its recent size.
//
//   g ← g + λ w                      λ weight_decay
//   s ← α s + (1 − α) g²             s and a start at 0
//   a ← α a + (1 − α) g              only when centered; else a stays 0
//   u = g / (√(s − a²) + ε)
//   b ← μ b + u                      μ momentum
//   w ← w − η b                      η the lr; with μ = 0 simply w ← w − η u
//
// Adagrad with a memory that fades, so that it does not come to a halt; common for recurrent nets.
// Source: Tieleman & Hinton 2012, Coursera lecture 6.5; centered: Graves 2013, arXiv:1308.0850,
// eq. 38–45; ε outside the root as in PyTorch.
#pragma once
#include "goodfit/compute/kernels/update/update.hpp"
#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Rmsprop {
  double alpha = 0.99;
  double eps = 1e-8;
  double momentum = 0;
  bool centered = false;
  double weight_decay = 0;

  static constexpr Card card{"rmsprop", "Divides each gradient by its recent size."};
  static constexpr auto fields() {
    return Fields{
        field("alpha", &Rmsprop::alpha, share, "share of the old mean square kept at each step"),
        field("eps", &Rmsprop::eps, above(0), "added to the root, against division by zero"),
        field("momentum", &Rmsprop::momentum, share,
              "share of the last direction kept in the next"),
        field("centered", &Rmsprop::centered, "divides by the deviation, not by the mean square"),
        field("weight_decay", &Rmsprop::weight_decay, at_least(0),
              "pull towards zero, added to the gradient per unit of weight"),
    };
  }

  static constexpr std::array<std::string_view, 3> memory{"square", "momentum", "mean"};

  void update(const Step& now, Span w, ConstSpan g, Memory<3> kept) const {
    const auto [square, direction, mean] = kept;
    const double mu = now.momentum.value_or(momentum);
    kernels::rmsprop(w.data(), g.data(), square.data(), mu == 0 ? nullptr : direction.data(),
                     centered ? mean.data() : nullptr, Size(w.size()), now.lr, alpha, eps,
                     weight_decay, mu);
  }
};

}  // namespace goodfit
