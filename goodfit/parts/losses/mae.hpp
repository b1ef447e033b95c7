// Mae: the mean of |x − t| over the batch and the outputs.
//
// For numbers. Finds the median where mse finds the mean, so that a few wild targets do not pull it
// away; its slope never shrinks, so that the lr must, for the end of the training.
// Source: PyTorch's L1Loss.
#pragma once
#include "goodfit/compute/ops/absolute_error.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct Mae {
  static constexpr Card card{"mae", "For numbers: the mean absolute error."};
  static constexpr Meaning meaning = Meaning::numbers;
  static constexpr auto fields() { return Fields{}; }

  Value build(Value outputs, Value target) const {
    return mean_rows(absolute_error(outputs, target));
  }
};

}  // namespace goodfit
