// Dense: y = x Wᵀ + b        x: [batch, …, in]   W: [out, in]   b: [out]   y: [batch, …, out]
//
// The last axis is transformed; an image is flattened first. Weights lie on disk as PyTorch's
// Linear.
#pragma once
#include "goodfit/compute/ops/dense.hpp"
#include "goodfit/parts/layers/weight.hpp"

namespace goodfit {

struct Dense {
  Size out = 0;
  bool bias = true;
  Initializer init = Automatic{};
  Initializer bias_init = Automatic{};
  std::vector<Parametrization> parametrizations = {};

  static constexpr Card card{"dense", "Every unit sees every input: y = x Wᵀ + b."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() {
    return Fields{
        field("out", &Dense::out, at_least(1), "units"),
        field("bias", &Dense::bias, bias_text),
        field("init", &Dense::init, "first values of W"),
        field("bias_init", &Dense::bias_init, "first values of b"),
        field("parametrizations", &Dense::parametrizations, parametrizations_text),
    };
  }

  Value build(Net& net, Value x) const {
    const Size in = x.shape().back();
    const Fan fan{.in = in, .out = out};
    const Value weight = weight_of(net, "weight", {out, in}, init, fan, parametrizations);
    return with_bias(net, goodfit::dense(x, weight), bias, bias_init, fan);
  }
};

}  // namespace goodfit
