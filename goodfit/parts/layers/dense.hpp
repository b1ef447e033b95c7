// Dense: y = x Wᵀ + b        x: [batch, …, in]   W: [out, in]   b: [out]   y: [batch, …, out]
//
// The last axis is transformed; an image is flattened first. Weights lie on disk as PyTorch's
// Linear.
#pragma once
#include "goodfit/compute/ops/dense.hpp"
#include "goodfit/parts/initializers/automatic.hpp"
#include "goodfit/parts/initializers/zeros.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Dense {
  Size out = 0;
  bool bias = true;
  Initializer init = Automatic{};
  Initializer bias_init = Zeros{};

  static constexpr Card card{"dense", "Every unit sees every input: y = x Wᵀ + b."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() {
    return std::tuple{
        field("out", &Dense::out, at_least(1), "units"),
        field("bias", &Dense::bias, "adds b; switch it off before a batch_norm"),
        field("init", &Dense::init, "first values of W"),
        field("bias_init", &Dense::bias_init, "first values of b"),
    };
  }

  Value build(Net& net, Value x) const {
    const Size in = x.shape().back();
    const Value y =
        goodfit::dense(x, net.weight("weight", {out, in}, init, {.in = in, .out = out}));
    // A bias sees as many inputs as its unit: the torch initializer wants to know.
    return bias ? add_row(y, net.bias("bias", {out}, bias_init, {.in = in, .out = out})) : y;
  }
};

}  // namespace goodfit
