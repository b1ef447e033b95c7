// Unstandardize: y = μ + σ x, with μ and σ of the targets of the training data.
//
//   x, y: [batch, targets]
//
// The last layer where the targets are numbers: the network before it works at deviation 1, and
// what comes out, losses and metrics are in the unit of the targets. Fitted before the first step
// on the training split alone and saved with the model. Slopes of mse grow with σ², which adam and
// its kin do not mind; divide the lr of sgd by it. Source: LeCun et al. 1998, "Efficient BackProp",
// section 4.3, for inputs.
#pragma once
#include "goodfit/compute/ops/batch_norm.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Unstandardize {
  static constexpr Card card{"unstandardize", "Outputs in the unit of the targets."};
  static constexpr auto fields() { return Fields{}; }

  Value build(Net& net, Value x) const {
    if (x.shape().rank() != 2) fail("is for numbers, not for outputs of more axes");
    const Size width = x.shape().back();
    const Value mean = net.buffer("mean", {width}, 0), std = net.buffer("std", {width}, 1);
    net.fit_targets("mean", "std");
    Graph& graph = net.graph();
    const Value as_is =
        normalizer_of_deviation(graph.constant({width}, 0), graph.constant({width}, 1));
    return goodfit::batch_norm(x, as_is, std, mean, true);
  }
};

}  // namespace goodfit
