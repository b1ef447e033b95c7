// Hinge: the target's score shall be above each other one by a margin m.
//
//   L = 1/C Σ_{j ≠ t} z_j  or  z_j²,  z_j = max(0, m − x_t + x_j)        the mean over the batch
//
// For classes where only the decision matters: samples that are right by the margin no longer pull.
// Outputs are scores; they tell no probabilities. Source: Crammer & Singer 2001, "On the
// Algorithmic Implementation of Multiclass Kernel-based Vector Machines"; PyTorch's
// MultiMarginLoss.
#pragma once
#include "goodfit/compute/ops/hinge.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct Hinge {
  double margin = 1;
  bool squared = false;

  static constexpr Card card{"hinge", "For classes: the right score above the others by a margin."};
  static constexpr Meaning meaning = Meaning::scores;
  static constexpr auto fields() {
    return Fields{
        field("margin", &Hinge::margin, above(0), "m: lead that is enough"),
        field("squared", &Hinge::squared, "squares what lacks; smoother, and harder on outliers"),
    };
  }

  Value build(Value outputs, Value target) const {
    return mean_rows(goodfit::hinge(outputs, target, margin, squared));
  }
};

}  // namespace goodfit
