// UnfitInit: initial weights of a size that the activation behind them does not want.
//
//   n D w · E f(z)² = 1      xavier: n D w = 1, for f like the identity; he: n D w = 2, for f that
//                            halves the second moment
//
// With xavier before relu the signal is halved in every layer; with he before tanh it is doubled
// and pressed against the borders. Speaks from the second such layer on, as one alone does no harm,
// and not where a norm stands between, which makes up for it. Source: Glorot & Bengio 2010,
// AISTATS, eq. 10 to 12; He et al. 2015, arXiv:1502.01852, eq. 10.
#pragma once
#include <fmt/core.h>

#include <cmath>

#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct UnfitInit {
  static constexpr Card card{"unfit_init", "Xavier before relu fades, he before tanh saturates."};

  static Findings look(const Subject& subject) {
    Findings found;
    for (const Chain& layers : subject.chains) {
      const Placed *faint = nullptr, *loud = nullptr;  // the first of its kind
      int faints = 0, louds = 0;
      for (std::size_t i = 0; i < layers.size(); ++i) {
        const Setting* init = layers[i].settings.find("init");
        const Placed* next = follower(layers, i);
        if (!init || !init->find("type") || !next || normalized(layers, i)) continue;
        const std::string& type = *init->find("type")->text();
        const double gain = number_in(*init, "gain", 1);
        if (type.starts_with("xavier") && gain == 1 && next->layer.gain().halves && ++faints == 1)
          faint = &layers[i];
        if (type.starts_with("he_") && next->is({"tanh", "softsign", "sigmoid"}) && ++louds == 1)
          loud = &layers[i];
      }
      const char* advice = "take init = \"automatic\", which looks at the activation";
      if (faints > 1)
        found.push_back(
            {faint->place(),
             fmt::format("xavier before activations that halve the signal, in {} layers: "
                         "its variance falls to about 1/{:.0f}",
                         faints, std::pow(2.0, faints)),
             advice});
      if (louds > 1)
        found.push_back({loud->place(),
                         fmt::format("he before activations that saturate, in {} layers: twice the "
                                     "variance that they want",
                                     louds),
                         advice});
    }
    return found;
  }

 private:
  static bool normalized(const Chain& layers, std::size_t i) {
    for (std::size_t j = i + 1; j < layers.size(); ++j) {
      if (normalizes(layers[j])) return true;
      if (layers[j].layer.signal() == Signal::weights) break;
    }
    return false;
  }
};

}  // namespace goodfit
