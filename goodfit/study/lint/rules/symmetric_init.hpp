// SymmetricInit: weights of a hidden layer that all begin with one value.
//
//   w_i = w_j for all units i, j   ⇒   ∂L/∂w_i = ∂L/∂w_j, as long as later weights are equal as
//   well
//
// Units that start equal get equal gradients and stay equal, so that a layer of any width does the
// work of one unit; with zeros there is no gradient at all. The last weights of a net or of a
// residual's body may be zero, and sometimes should. Source: the chain rule; Goodfellow, Bengio &
// Courville 2016, "Deep Learning", section 8.4.
#pragma once
#include <fmt/core.h>

#include <algorithm>

#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct SymmetricInit {
  static constexpr Card card{"symmetric_init", "Units that start equal stay equal."};

  static Findings look(const Subject& subject) {
    Findings found;
    for (const Chain& layers : subject.chains)
      for (std::size_t i = 0; i < layers.size(); ++i) {
        const Setting* init = layers[i].settings.find("init");
        if (!init || !one_value(*init) || layers[i].number("out") == 1) continue;
        const bool last = std::none_of(
            layers.begin() + std::ptrdiff_t(i) + 1, layers.end(),
            [](const Placed& later) { return later.layer.signal() == Signal::weights; });
        if (!last)
          found.push_back(
              {layers[i].place(),
               fmt::format("init = {} gives all units the same weights, and so they stay",
                           *init->find("type")->text()),
               "take init = \"automatic\""});
      }
    return found;
  }

 private:
  static bool one_value(const Setting& init) {
    const Setting* type = init.find("type");
    if (!type) return false;
    if (*type->text() == "normal") return number_in(init, "std", 1) == 0;
    if (*type->text() == "uniform") return number_in(init, "low", 0) == number_in(init, "high", 1);
    return *type->text() == "zeros" || *type->text() == "ones" || *type->text() == "constant";
  }
};

}  // namespace goodfit
