// Tanh: y = tanh x
//
// The odd activation that Xavier initialization was derived for.
#pragma once
#include "goodfit/compute/ops/tanh.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Tanh {
  static constexpr Card card{"tanh", "Squeezes into −1 … 1, with slope 1 at 0."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return tanh_gain; }

  Value build(Net&, Value x) const { return goodfit::tanh(x); }
};

}  // namespace goodfit
