// L1: adds λ Σ|w| to the loss; drives weights to few that are not small.
//
// The gradient is λ sign w, 0 at 0. Weights come close to zero without resting there.
// Source: Tibshirani 1996, "Regression Shrinkage and Selection via the Lasso".
#pragma once
#include "goodfit/compute/ops/penalty.hpp"
#include "goodfit/parts/regularizers/regularizer.hpp"

namespace goodfit {

struct L1 {
  double lambda = 1e-5;

  static constexpr Card card{"l1", "Adds λ Σ|w|: few weights that matter."};
  static constexpr auto fields() {
    return Fields{field("lambda", &L1::lambda, at_least(0), "λ: weight of the penalty")};
  }

  Value build(Value weight) const { return penalty(weight, Norm::magnitudes, lambda); }
};

}  // namespace goodfit
