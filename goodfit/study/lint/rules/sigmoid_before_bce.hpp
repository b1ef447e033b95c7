// SigmoidBeforeBce: a sigmoid in front of bce, which applies it itself.
//
//   outputs s in 0 … 1:   loss ≥ log(1 + 1/e) = 0.313 of a yes,   ≥ log 2 = 0.693 of a no
//
// The loss takes logits; probabilities in their place can never say no. Source: the bounds are the
// losses of outputs 1 and 0; PyTorch's BCEWithLogitsLoss.
#pragma once
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct SigmoidBeforeBce {
  static constexpr Card card{"sigmoid_before_bce", "Bce applies the sigmoid itself."};

  static Findings look(const Subject& subject) {
    const Chain& layers = subject.model();
    if (layers.empty() || subject.recipe.loss.key() != "bce") return {};
    const Placed& last = layers.back();
    if (!last.is({"sigmoid", "hard_sigmoid", "softmax"})) return {};
    return {{last.place(),
             "bce takes logits and applies the sigmoid itself: the loss of a no cannot fall below "
             "0.693 like this",
             "remove this layer"}};
  }
};

}  // namespace goodfit
