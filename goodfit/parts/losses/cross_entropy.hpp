// Cross entropy: the mean over the batch of −log p(target), p = softmax(outputs).
//
//   L = Σ_c q_c (log Σ_j e^{x_j} − x_c)        q = (1 − s) one_hot(target) + s / C
//
// Outputs are logits: no softmax layer before it. An untrained net is at log C.
// Source: PyTorch's CrossEntropyLoss; smoothing: Szegedy et al. 2016, arXiv:1512.00567, section 7.
#pragma once
#include "goodfit/compute/ops/cross_entropy.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct CrossEntropy {
  double smoothing = 0;

  static constexpr Card card{"cross_entropy", "For classes: −log of the target's probability."};
  static constexpr Meaning meaning = Meaning::logits;
  static constexpr auto fields() {
    return std::tuple{field("smoothing", &CrossEntropy::smoothing, share,
                            "s: share of the target's weight that all classes get")};
  }

  Value build(Value outputs, Value target) const {
    return mean_rows(goodfit::cross_entropy(outputs, target, smoothing));
  }
};

}  // namespace goodfit
