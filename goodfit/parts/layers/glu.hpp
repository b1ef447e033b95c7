// Glu: y = a σ(b), where the last axis of the input is [a, b]
//
//   x: [batch, …, 2 n]   y: [batch, …, n]
//
// One half opens and closes the gate of the other. Source: Dauphin et al. 2017, arXiv:1612.08083,
// section 2.
#pragma once
#include "goodfit/compute/ops/glu.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Glu {
  static constexpr Card card{"glu", "One half of the features, gated by the other half."};
  static constexpr auto fields() { return Fields{}; }
  // The halves are independent: E y² = E a² · E σ(b)².
  static Gain gain() {
    return measured_gain([](double z) { return logistic(z); });
  }

  Value build(Net&, Value x) const { return goodfit::glu(x); }
};

}  // namespace goodfit
