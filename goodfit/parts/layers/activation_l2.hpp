// ActivationL2: passes x on and adds λ Σ x² / samples to the loss that is trained on; activations
// that stay small.
//
// The sum is over all numbers of a sample. Behind the last layer it keeps logits small, so that the
// net is less sure of itself; in recurrent nets it is called activation regularization. Means
// nothing to evaluation, and the loss that is reported is without it. Source: Merity, McCann &
// Socher 2017, "Revisiting Activation Regularization for Language RNNs", arXiv:1708.01009, eq. 1,
// with squares and without the mask.
#pragma once
#include "goodfit/compute/ops/batch_penalty.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct ActivationL2 {
  double lambda = 1e-4;

  static constexpr Card card{"activation_l2", "Adds λ Σ x² of its input to the loss."};
  static constexpr auto fields() {
    return Fields{field("lambda", &ActivationL2::lambda, at_least(0),
                        "λ: weight of the penalty of a sample")};
  }

  Value build(Net& net, Value x) const {
    if (net.mode() == Mode::train) net.add_penalty(batch_penalty(x, Norm::squares, lambda));
    return x;
  }
};

}  // namespace goodfit
