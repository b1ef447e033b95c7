// Mse: the mean of (x − t)² over the batch and the outputs.
//
// For numbers. Large errors count most; targets far from unit scale want scaling or a small lr.
// Source: PyTorch's MSELoss.
#pragma once
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/compute/ops/squared_error.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct Mse {
  static constexpr Card card{"mse", "For numbers: the mean squared error."};
  static constexpr Meaning meaning = Meaning::numbers;
  static constexpr auto fields() { return Fields{}; }

  Value build(Value outputs, Value target) const {
    return mean_rows(squared_error(outputs, target));
  }
};

}  // namespace goodfit
