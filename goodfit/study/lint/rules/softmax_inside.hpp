// SoftmaxInside: a softmax between layers with weights.
//
//   Σ y = 1 over n units:   E y = 1/n,   and all rows of dy/dx add up to 0
//
// The units of a hidden layer become shares of each other: the signal is n times smaller, and one
// unit can only grow at the cost of the others. Source: the formula; Zhang et al. 2021,
// "AUTOTRAINER: An Automatic DNN Training Problem Detection and Repair System", ICSE, where it is
// among the wrong activations.
#pragma once
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct SoftmaxInside {
  static constexpr Card card{"softmax_inside",
                             "Hidden units that add up to 1 hold each other down."};

  static Findings look(const Subject& subject) {
    Findings found;
    for (const Chain& layers : subject.chains)
      for (std::size_t i = 0; i + 1 < layers.size(); ++i) {
        if (!layers[i].is({"softmax", "log_softmax"})) continue;
        if (const Placed* next = follower(layers, i);
            next && next->layer.signal() == Signal::weights)
          found.push_back({layers[i].place(),
                           "its outputs add up to 1, so that each of n units is about 1/n",
                           "take relu or gelu inside a net, softmax only at its end"});
      }
    return found;
  }
};

}  // namespace goodfit
