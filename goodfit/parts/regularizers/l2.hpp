// L2: adds λ Σ w² to the loss; keeps all weights small.
//
// The gradient is 2 λ w: PyTorch's coupled weight_decay of SGD is 2 λ. With adaptive optimizers the
// penalty is rescaled like any gradient; adamw's weight_decay is not.
// Source: Krogh & Hertz 1992, "A Simple Weight Decay Can Improve Generalization".
#pragma once
#include "goodfit/compute/ops/penalty.hpp"
#include "goodfit/parts/regularizers/regularizer.hpp"

namespace goodfit {

struct L2 {
  double lambda = 1e-4;

  static constexpr Card card{"l2", "Adds λ Σ w²: many small weights."};
  static constexpr auto fields() {
    return Fields{field("lambda", &L2::lambda, at_least(0), "λ: weight of the penalty")};
  }

  Value build(Value weight) const { return penalty(weight, Norm::squares, lambda); }
};

}  // namespace goodfit
