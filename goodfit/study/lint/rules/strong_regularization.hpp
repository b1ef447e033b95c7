// StrongRegularization: batch_norm, much dropout and much weight decay at once.
//
// Batch statistics are noise that regularizes already; those who brought batch_norm in removed
// dropout and took a fifth of the l2. Much is here: p of 0.5 or more, together with λ Σ w² or a
// coupled weight_decay of 1e-3 or more (10 times what residual networks are trained with), or a
// decoupled one of 0.1 or more (10 times adamw's usual one). Source: Ioffe & Szegedy 2015,
// arXiv:1502.03167, section 4.2.1; the borders are ours.
#pragma once
#include <fmt/core.h>

#include "goodfit/parts/regularizers/l2.hpp"
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct StrongRegularization {
  static constexpr Card card{"strong_regularization",
                             "Batch_norm needs less of the other regularizers."};

  static Findings look(const Subject& subject) {
    const Placed *norm = nullptr, *dropout = nullptr;
    for (const Chain& layers : subject.chains)
      for (const Placed& layer : layers) {
        if (layer.is({"batch_norm"})) norm = &layer;
        if (layer.is({"dropout"}) && layer.number("p") >= 0.5) dropout = &layer;
      }
    if (!norm || !dropout) return {};
    double lambda = 0;
    for (const Regularizer& regularizer : subject.recipe.regularizers)
      if (const L2* l2 = regularizer.as<L2>()) lambda += l2->lambda;
    const double decay = number_in(subject.optimizer, "weight_decay");
    const std::string& optimizer = *subject.optimizer.find("type")->text();
    const bool coupled = optimizer == "sgd" || optimizer == "nag" || optimizer == "adam";
    if (lambda < 1e-3 && decay < (coupled ? 1e-3 : 0.1)) return {};
    return {{dropout->place(),
             fmt::format("p = {:g}, a batch_norm and {} = {:g} regularize three times over",
                         dropout->number("p"), lambda < 1e-3 ? "weight_decay" : "l2",
                         lambda < 1e-3 ? decay : lambda),
             "begin with less dropout and a fifth of the decay"}};
  }
};

}  // namespace goodfit
