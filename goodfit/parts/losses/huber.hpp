// Huber: mse for small errors, mae for large ones; the mean over the batch and the outputs.
//
//   |e| ≤ δ    ½ e²        else   δ (|e| − ½ δ)        e = x − t
//
// For numbers with outliers: take δ at the size where an error becomes one.
// Source: Huber 1964, "Robust Estimation of a Location Parameter", eq. 2.2; PyTorch's HuberLoss.
#pragma once
#include "goodfit/compute/ops/huber.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct Huber {
  double delta = 1;

  static constexpr Card card{"huber", "For numbers: squares of small errors, sizes of large ones."};
  static constexpr Meaning meaning = Meaning::numbers;
  static constexpr auto fields() {
    return Fields{
        field("delta", &Huber::delta, above(0), "δ: where an error counts as a large one")};
  }

  Value build(Value outputs, Value target) const {
    return mean_rows(goodfit::huber(outputs, target, delta));
  }
};

}  // namespace goodfit
