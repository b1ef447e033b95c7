// Flatten: [batch, …] → [batch, features]; an image becomes a row of numbers.
#pragma once
#include "goodfit/compute/ops/reshape.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Flatten {
  static constexpr Card card{"flatten", "Makes one row of numbers of each sample."};
  static constexpr auto fields() { return Fields{}; }

  Value build(Net&, Value x) const {
    return x.shape().rank() == 2 ? x : goodfit::reshape(x, {x.shape().row()});
  }
};

}  // namespace goodfit
