// Kl: how far the model's probabilities are from given ones; the mean over the batch of
//
//   L = Σ_c t_c log(t_c / p_c),  p = softmax(outputs),  0 log 0 = 0
//
// For targets that are shares of classes: votes, or the probabilities of another model. Outputs are
// logits; log-probabilities do as well, as softmax leaves them alone. For one_hot targets it is
// cross_entropy. Source: Kullback & Leibler 1951; PyTorch's KLDivLoss with "batchmean", behind its
// log_softmax.
#pragma once
#include "goodfit/compute/ops/kl_divergence.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct Kl {
  static constexpr Card card{"kl", "For shares of classes: divergence of the probabilities."};
  static constexpr Meaning meaning = Meaning::distribution;
  static constexpr auto fields() { return Fields{}; }

  Value build(Value outputs, Value target) const {
    return mean_rows(kl_divergence(outputs, target));
  }
};

}  // namespace goodfit
