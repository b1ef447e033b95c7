// DropoutAtTheEnd: a dropout behind the last weights.
//
//   D (y / (1 − p) · mask) = D y + p / (1 − p) · E y²
//
// What is dropped there is no feature but the answer itself: no later layer can make up for it, and
// the loss contains noise that no weight can remove but by making the outputs small. Source: the
// formula; Srivastava et al. 2014, JMLR 15, where inputs and hidden units are dropped.
#pragma once
#include <algorithm>

#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct DropoutAtTheEnd {
  static constexpr Card card{"dropout_at_the_end", "It drops answers, not features."};

  static Findings look(const Subject& subject) {
    const Chain& layers = subject.model();
    for (std::size_t i = layers.size(); i-- > 0;) {
      if (layers[i].layer.signal() == Signal::weights) break;
      if (layers[i].is({"dropout"}) && layers[i].number("p") > 0 && has_weights(layers, i))
        return {{layers[i].place(), "behind the last weights it drops answers, not features",
                 "put it before the last layer with weights"}};
      if (layers[i].layer.signal() == Signal::passes && !layers[i].is({"flatten", "identity"}))
        break;
    }
    return {};
  }

 private:
  static bool has_weights(const Chain& layers, std::size_t before) {
    return std::any_of(layers.begin(), layers.begin() + std::ptrdiff_t(before),
                       [](const Placed& one) { return one.layer.signal() == Signal::weights; });
  }
};

}  // namespace goodfit
