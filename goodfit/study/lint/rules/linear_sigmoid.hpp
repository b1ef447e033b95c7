// LinearSigmoid: a norm without γ and β in front of a sigmoid or tanh.
//
//   x ~ 0 ± 1:   σ(x) ≈ ½ + x / 4,   tanh x ≈ x
//
// Inputs of mean 0 and deviation 1 lie where the activation is nearly linear, and without γ and β
// the net cannot leave that region: it comes close to one linear layer. Source: Ioffe & Szegedy
// 2015, arXiv:1502.03167, section 3.
#pragma once
#include "goodfit/study/lint/subject.hpp"

#include <fmt/core.h>

namespace goodfit {

struct LinearSigmoid {
  static constexpr Card card{"linear_sigmoid", "Normalized inputs keep a sigmoid linear."};

  static Findings look(const Subject& subject) {
    Findings found;
    for (const Chain& layers : subject.chains)
      for (std::size_t i = 0; i + 1 < layers.size(); ++i) {
        const Setting* affine = layers[i].settings.find("affine");
        if (!normalizes(layers[i]) || !affine || *affine != Setting(false)) continue;
        const Placed* next = follower(layers, i);
        if (next && next->is({"sigmoid", "tanh", "softsign", "hard_sigmoid"}))
          found.push_back(
              {layers[i].place(),
               fmt::format("without γ and β it keeps the {} behind it where that is nearly "
                           "linear",
                           next->layer.key()),
               "leave affine at true"});
      }
    return found;
  }
};

}  // namespace goodfit
