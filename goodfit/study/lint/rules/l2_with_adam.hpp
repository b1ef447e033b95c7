// L2WithAdam: l2 or a coupled weight_decay with an optimizer that divides by the size of gradients.
//
//   w ← w − η (g + 2 λ w) / √v        instead of        w ← w − η g / √v − η λ w
//
// The penalty passes through the root as well: weights with large gradients are hardly held back,
// those with small ones very much. adamw pulls all alike, which generalizes better. Source:
// Loshchilov & Hutter 2019, "Decoupled Weight Decay Regularization", arXiv:1711.05101, section 2.
#pragma once
#include <fmt/core.h>

#include "goodfit/parts/regularizers/l2.hpp"
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct L2WithAdam {
  static constexpr Card card{"l2_with_adam", "Adam scales an l2 penalty away."};

  static Findings look(const Subject& subject) {
    const std::string& optimizer = *subject.optimizer.find("type")->text();
    bool adaptive = false;
    for (const std::string_view one :
         {"adagrad", "adadelta", "rmsprop", "adam", "amsgrad", "adamax", "nadam", "radam"})
      adaptive = adaptive || optimizer == one;
    const std::string advice = "take adamw with its weight_decay";
    Findings found;
    for (std::size_t i = 0; i < subject.recipe.regularizers.size(); ++i) {
      const L2* l2 = subject.recipe.regularizers[i].as<L2>();
      if (l2 && l2->lambda > 0 && (adaptive || optimizer == "adamw"))
        found.push_back(
            {fmt::format("regularizers.{} (l2)", i),
             fmt::format("{} divides its gradient by the size of all gradients", optimizer),
             advice});
    }
    if (adaptive && number_in(subject.optimizer, "weight_decay") > 0)
      found.push_back({"optimizer (" + optimizer + ")",
                       "its weight_decay passes through the root that divides the gradient",
                       advice});
    return found;
  }
};

}  // namespace goodfit
