// ActivationAtTheEnd: an activation behind the last weights, where the loss wants free numbers.
//
// Losses of classes and of distributions take any number: logits, scores, means and log variances.
// A relu cuts off all below 0, with the gradient, so that a unit that has become negative for all
// samples never comes back; a tanh holds logits between −1 and 1, where no probability of 10
// classes exceeds 0.451. Source: Goodfellow, Bengio & Courville 2016, "Deep Learning",
// section 6.2.2; the bound is e / (e + 9 / e).
#pragma once
#include "goodfit/study/lint/subject.hpp"

#include <fmt/core.h>

namespace goodfit {

struct ActivationAtTheEnd {
  static constexpr Card card{"activation_at_the_end",
                             "Losses of classes want outputs that are free."};

  static Findings look(const Subject& subject) {
    const Chain& layers = subject.model();
    if (layers.empty() || subject.recipe.loss.meaning() == Meaning::numbers) return {};
    const Placed& last = layers.back();
    const bool said_elsewhere =
        last.is({"softmax", "log_softmax"}) || subject.recipe.loss.key() == "nll" ||
        (subject.recipe.loss.key() == "bce" && last.is({"sigmoid", "hard_sigmoid"}));
    const bool bounded = last.is({"sigmoid", "hard_sigmoid", "tanh", "softsign", "softplus"}) ||
                         last.layer.gain().halves;
    if (last.layer.signal() != Signal::activation || said_elsewhere || !bounded) return {};
    return {{last.place(),
             fmt::format("{} wants outputs that may be any number, and this bounds them",
                         subject.recipe.loss.key()),
             "remove this layer"}};
  }
};

}  // namespace goodfit
