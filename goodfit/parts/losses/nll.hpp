// Nll: negative log-likelihood; the mean over the batch of −x_t, weighted by w_t.
//
//   L = −Σ_i w_{t_i} x_{i, t_i} / Σ_i w_{t_i}
//
// Outputs are log-probabilities: the last layer is a log_softmax. Together they are cross_entropy,
// which is the faster and safer way. Source: PyTorch's NLLLoss.
#pragma once
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/compute/ops/negative_log_likelihood.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct Nll {
  std::vector<double> weights = {};

  static constexpr Card card{"nll", "For classes, from log-probabilities: minus the target's."};
  static constexpr Meaning meaning = Meaning::logits;  // softmax(log p) = p
  static constexpr auto fields() {
    return Fields{field("weights", &Nll::weights, at_least(0),
                        "w: what each class counts; empty: all the same")};
  }

  Value build(Value outputs, Value target) const {
    const Value losses = negative_log_likelihood(outputs, target, weights);
    return weights.empty() ? mean_rows(losses) : weighted_mean(losses, target, weights);
  }
};

}  // namespace goodfit
