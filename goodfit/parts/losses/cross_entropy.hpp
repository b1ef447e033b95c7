// Cross entropy: the mean over the batch of −log p(target), p = softmax(outputs).
//
//   L = Σ_c w_c q_c (log Σ_j e^{x_j} − x_c)        q = (1 − s) one_hot(target) + s / C
//
// Targets may also be shares of the classes, as mixup makes them, in the place of one_hot(target);
// then the mean is over samples, weighted or not.
//
// With class weights w the mean is that of PyTorch: Σ L / Σ w_target, so that rare classes count
// more and the loss stays as large; a batch at a time, so that a score depends a little on where
// batches are cut. Outputs are logits: no softmax layer before it. An untrained net is at log C.
// Source: PyTorch's CrossEntropyLoss; smoothing: Szegedy et al. 2016, arXiv:1512.00567, section 7.
#pragma once
#include "goodfit/compute/ops/cross_entropy.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/compute/ops/weighted_cross_entropy.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct CrossEntropy {
  double smoothing = 0;
  std::vector<double> weights = {};

  static constexpr Card card{"cross_entropy", "For classes: −log of the target's probability."};
  static constexpr Meaning meaning = Meaning::logits;
  static constexpr bool takes_shares = true;
  static constexpr auto fields() {
    return Fields{
        field("smoothing", &CrossEntropy::smoothing, share,
              "s: share of the target's weight that all classes get"),
        field("weights", &CrossEntropy::weights, at_least(0),
              "w: what each class counts; empty: all the same"),
    };
  }

  Value build(Value outputs, Value target) const {
    if (target.shape() == outputs.shape() && outputs.shape().back() > 1)
      return mean_rows(weighted_cross_entropy(outputs, target, weights, smoothing, true));
    if (weights.empty()) return mean_rows(goodfit::cross_entropy(outputs, target, smoothing));
    const Value losses = weighted_cross_entropy(outputs, target, weights, smoothing);
    return weighted_mean(losses, target, weights);
  }
};

}  // namespace goodfit
