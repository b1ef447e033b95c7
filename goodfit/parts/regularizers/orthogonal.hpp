// Orthogonal: adds λ ‖W Wᵀ − 1‖² to the loss; rows that stand upright on each other, of length 1.
//
//   W: [rows, n], a kernel of a convolution as its rows        ‖M‖² = Σ M²
//   rows ≤ n   λ ‖W Wᵀ − 1‖²        rows > n   λ ‖Wᵀ W − 1‖²        gradient: 4 λ (W Wᵀ W − W)
//
// The two have one gradient and differ by the constant λ |rows − n|: it is the smaller product that
// is taken. Keeps lengths of signals and gradients, as the initializer of this name does at the
// start; for deep and recurrent nets. Costs a product of the size of the weight, which large
// batches do not feel. Not together with weight decay, which pulls the lengths to 0. Source: Brock
// et al. 2017, arXiv:1609.07093, section 3.2, with squares as in Bansal, Chen & Wang 2018, "Can We
// Gain More from Orthogonality Regularizations in Training Deep CNNs?", arXiv:1810.09102,
// section 3.1.
#pragma once
#include "goodfit/compute/ops/orthogonality.hpp"
#include "goodfit/compute/ops/penalty.hpp"
#include "goodfit/parts/regularizers/regularizer.hpp"

namespace goodfit {

struct OrthogonalRegularizer {
  double lambda = 1e-4;

  static constexpr Card card{"orthogonal",
                             "Adds λ ‖W Wᵀ − 1‖²: rows at right angles, of length 1."};
  static constexpr auto fields() {
    return Fields{
        field("lambda", &OrthogonalRegularizer::lambda, at_least(0), "λ: weight of the penalty")};
  }

  Value build(Value weight) const {
    const bool tall = weight.shape().front() > weight.shape().row();
    return penalty(orthogonality(tall ? weight : transposed(weight)), Norm::squares, lambda);
  }
};

}  // namespace goodfit
