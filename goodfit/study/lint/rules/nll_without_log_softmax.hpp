// NllWithoutLogSoftmax: the loss nll behind anything but a log_softmax.
//
//   L = −x_target
//
// nll takes logarithms of probabilities as they are. Of any other outputs it can be made −∞ by
// making all of them large, whatever the targets. Source: the formula; PyTorch's NLLLoss.
#pragma once
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct NllWithoutLogSoftmax {
  static constexpr Card card{"nll_without_log_softmax", "Nll without log_softmax has no minimum."};

  static Findings look(const Subject& subject) {
    const Chain& layers = subject.model();
    if (subject.recipe.loss.key() != "nll" || layers.empty() || layers.back().is({"log_softmax"}))
      return {};
    return {{layers.back().place(), "nll takes log-probabilities; without them it has no minimum",
             "end the model with log_softmax, or take the loss cross_entropy without it"}};
  }
};

}  // namespace goodfit
