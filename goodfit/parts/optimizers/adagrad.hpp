// Adagrad: every weight has its own lr, which shrinks with all the gradients it has seen.
//
//   g ← g + λ w                      λ weight_decay
//   s ← s + g²                       s starts at `initial`
//   η_t = η / (1 + (t − 1) κ)        κ lr_decay, t the number of the step, η the lr
//   w ← w − η_t g / (√s + ε)
//
// For sparse features, which keep a large step because they are rarely seen. The step only ever
// shrinks, so long runs of deep networks come to a halt; RMSprop was made for those.
// Source: Duchi, Hazan & Singer 2011, "Adaptive Subgradient Methods for Online Learning and
// Stochastic Optimization", JMLR 12, fig. 1; ε outside the root as in PyTorch.
#pragma once
#include "goodfit/compute/kernels/update/update.hpp"
#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Adagrad {
  double lr_decay = 0;
  double initial = 0;
  double eps = 1e-10;
  double weight_decay = 0;

  static constexpr Card card{"adagrad", "Own lr for each weight, shrinking as gradients add up."};
  static constexpr auto fields() {
    return Fields{
        field("lr_decay", &Adagrad::lr_decay, at_least(0), "decay of the lr per step"),
        field("initial", &Adagrad::initial, at_least(0),
              "sum of squared gradients before the first step"),
        field("eps", &Adagrad::eps, above(0), "added to the root, against division by zero"),
        field("weight_decay", &Adagrad::weight_decay, at_least(0),
              "pull towards zero, added to the gradient per unit of weight"),
    };
  }

  static constexpr std::array<std::string_view, 1> memory{"sum"};

  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept) const {
    const auto [sum] = kept;
    if (now.number == 1 && initial != 0)  // memory comes as zeros
      for (float& s : sum) s = float(initial);
    const double lr = now.lr / (1 + double(now.number - 1) * lr_decay);
    kernels::adagrad(w.data(), g.data(), sum.data(), Size(w.size()), lr, eps, weight_decay);
  }
};

}  // namespace goodfit
