// ActivationL1: passes x on and adds λ Σ|x| / samples to the loss that is trained on; few units
// that answer to a sample.
//
// The sum is over all numbers of a sample. Behind a rectifier most units rest at 0: a sparse code,
// as in a wide autoencoder. Means nothing to evaluation, and the loss that is reported is without
// it. Source: Glorot, Bordes & Bengio 2011, "Deep Sparse Rectifier Neural Networks", section 3.
#pragma once
#include "goodfit/compute/ops/batch_penalty.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct ActivationL1 {
  double lambda = 1e-4;

  static constexpr Card card{"activation_l1", "Adds λ Σ|x| of its input to the loss."};
  static constexpr auto fields() {
    return Fields{field("lambda", &ActivationL1::lambda, at_least(0),
                        "λ: weight of the penalty of a sample")};
  }

  Value build(Net& net, Value x) const {
    if (net.mode() == Mode::train) net.add_penalty(batch_penalty(x, Norm::magnitudes, lambda));
    return x;
  }
};

}  // namespace goodfit
