// Elastic: adds λ₁ Σ|w| + λ₂ Σ w² to the loss; few weights that matter, and those that are alike
// share them.
//
// Of inputs that say the same, l1 alone keeps one by chance; with l2 beside it all keep a part.
// The gradient is λ₁ sign w + 2 λ₂ w. Source: Zou & Hastie 2005, "Regularization and variable
// selection via the elastic net", eq. 3.
#pragma once
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/ops/penalty.hpp"
#include "goodfit/parts/regularizers/regularizer.hpp"

namespace goodfit {

struct Elastic {
  double lambda1 = 1e-5, lambda2 = 1e-4;

  static constexpr Card card{"elastic", "Adds λ₁ Σ|w| + λ₂ Σ w²: l1 and l2 at once."};
  static constexpr auto fields() {
    return Fields{
        field("lambda1", &Elastic::lambda1, at_least(0), "λ₁: weight of the magnitudes"),
        field("lambda2", &Elastic::lambda2, at_least(0), "λ₂: weight of the squares"),
    };
  }

  Value build(Value weight) const {
    return add(penalty(weight, Norm::magnitudes, lambda1), penalty(weight, Norm::squares, lambda2));
  }
};

}  // namespace goodfit
