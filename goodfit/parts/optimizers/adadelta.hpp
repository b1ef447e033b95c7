// Adadelta: steps as long as recent steps were, over the recent size of the gradient.
//
//   g ← g + λ w                      λ weight_decay
//   s ← ρ s + (1 − ρ) g²             mean square of the gradients, starts at 0
//   d = √((a + ε) / (s + ε)) g       a mean square of the steps so far, starts at 0
//   a ← ρ a + (1 − ρ) d²
//   w ← w − η d                      η the lr: usually 1
//
// A step has the unit of the weights, not of the gradients, so that there is no lr to find: η = 1
// is the original rule. It begins with steps of about √ε and needs some time to lengthen them.
// Source: Zeiler 2012, "ADADELTA: An Adaptive Learning Rate Method", arXiv:1212.5701, alg. 1;
// PyTorch's Adadelta.
#pragma once
#include <cmath>

#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Adadelta {
  double rho = 0.9;
  double eps = 1e-6;
  double weight_decay = 0;

  static constexpr Card card{"adadelta", "Steps as long as recent ones; the lr is usually 1."};
  static constexpr auto fields() {
    return Fields{
        field("rho", &Adadelta::rho, share, "share of the old mean squares kept at each step"),
        field("eps", &Adadelta::eps, above(0), "added under the roots; makes the first step"),
        field("weight_decay", &Adadelta::weight_decay, at_least(0),
              "pull towards zero, added to the gradient per unit of weight"),
    };
  }

  static constexpr std::array<std::string_view, 2> memory{"square", "step"};

  void update(const Step& now, Span w, ConstSpan g, Memory<2> kept) const {
    const auto [square, step] = kept;
    const auto rate = float(now.lr), pull = float(weight_decay), floor = float(eps);
    const auto old = float(rho), added = float(1 - rho);
    for (std::size_t i = 0; i < w.size(); ++i) {
      const float d = g[i] + pull * w[i];
      square[i] = old * square[i] + added * d * d;
      const float move = std::sqrt(step[i] + floor) / std::sqrt(square[i] + floor) * d;
      step[i] = old * step[i] + added * move * move;
      w[i] -= rate * move;
    }
  }
};

}  // namespace goodfit
