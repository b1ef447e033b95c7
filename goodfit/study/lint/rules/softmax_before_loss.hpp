// SoftmaxBeforeLoss: a softmax or log_softmax in front of a loss that applies softmax itself.
//
//   outputs p in 0 … 1:   loss ≥ log(1 + (C − 1) / e)        C classes; for 10 of them 1.461
//
// The loss takes logits. Probabilities in their place differ by 1 at most, so that even a sure and
// right answer keeps a large loss, and gradients are small. A log_softmax changes nothing, as
// softmax of logarithms of shares gives the shares, and costs time. Source: the bound is the loss
// of outputs 1, 0, …, 0; losses and their inputs as in PyTorch's CrossEntropyLoss.
#pragma once
#include "goodfit/study/lint/subject.hpp"

#include <fmt/core.h>

namespace goodfit {

struct SoftmaxBeforeLoss {
  static constexpr Card card{"softmax_before_loss", "The loss applies softmax itself."};

  static Findings look(const Subject& subject) {
    const Chain& layers = subject.model();
    const Meaning meaning = subject.recipe.loss.meaning();
    const bool takes_logits = (meaning == Meaning::logits && subject.recipe.loss.key() != "nll") ||
                              meaning == Meaning::distribution;
    if (layers.empty() || !takes_logits) return {};
    const Placed& last = layers.back();
    if (last.is({"softmax"}))
      return {{last.place(),
               fmt::format("{} takes logits and applies softmax itself: with 10 classes it cannot "
                           "fall below 1.461 like this",
                           subject.recipe.loss.key()),
               "remove this layer"}};
    if (last.is({"log_softmax"}))
      return {{last.place(),
               fmt::format("{} does this itself: it changes nothing", subject.recipe.loss.key()),
               "remove this layer"}};
    return {};
  }
};

}  // namespace goodfit
