// Focal: cross entropy that turns away from samples that are easy already.
//
//   L = −w_t (1 − p)^γ log p,  p = softmax(outputs)_t        the mean over the batch
//
// For classes of very different size; γ = 0 is cross_entropy. w are the α of the source: they
// weigh samples, but not the mean. Two outputs give the binary form, for the difference of logits.
// Source: Lin et al. 2017, "Focal Loss for Dense Object Detection", arXiv:1708.02002, eq. 5.
#pragma once
#include "goodfit/compute/ops/focal.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct Focal {
  double gamma = 2;
  std::vector<double> weights = {};

  static constexpr Card card{"focal", "For classes: cross entropy that leaves easy samples alone."};
  static constexpr Meaning meaning = Meaning::logits;
  static constexpr auto fields() {
    return Fields{
        field("gamma", &Focal::gamma, at_least(0), "γ: how much less easy samples count"),
        field("weights", &Focal::weights, at_least(0),
              "w: what each class counts; empty: all the same"),
    };
  }

  Value build(Value outputs, Value target) const {
    return mean_rows(goodfit::focal(outputs, target, gamma, weights));
  }
};

}  // namespace goodfit
