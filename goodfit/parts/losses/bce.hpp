// Bce: binary cross entropy; for two classes with one output, or for labels of which several may
// hold. The mean over the batch and the outputs of
//
//   −p t log σ(x) − (1 − t) log σ(−x)        t = 1: the second class, t = 0: the first
//
// Outputs are logits: no sigmoid layer before it. p, pos_weight, makes up for rare positives: take
// negatives / positives. An untrained net is at log 2. Source: PyTorch's BCEWithLogitsLoss.
#pragma once
#include "goodfit/compute/ops/binary_cross_entropy.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct Bce {
  double pos_weight = 1;

  static constexpr Card card{"bce", "For yes or no: −log of the probability of what is right."};
  static constexpr Meaning meaning = Meaning::binary;
  static constexpr auto fields() {
    return Fields{
        field("pos_weight", &Bce::pos_weight, above(0), "p: what a positive target counts")};
  }

  Value build(Value outputs, Value target) const {
    return mean_rows(binary_cross_entropy(outputs, target, pos_weight));
  }
};

}  // namespace goodfit
