// Standardize: y = (x − μ) / σ of the inputs, with μ and σ of the training data.
//
// Fitted before the first step on the training split alone and saved with the model, so that
// evaluation and prediction use the same. Must be the first layer. A feature that never changes has
// σ = 1. Source: LeCun et al. 1998, "Efficient BackProp", section 4.3.
#pragma once
#include "goodfit/compute/ops/batch_norm.hpp"
#include "goodfit/compute/ops/reshape.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Standardize {
  std::string per = "feature";

  static constexpr Card card{"standardize", "Input normalization, fitted on the training data."};
  static constexpr auto fields() {
    return Fields{field("per", &Standardize::per, Choices{"feature", "all"},
                        "each feature by itself, or all by one mean and deviation (images)")};
  }

  Value build(Net& net, Value x) const {
    const Shape sample = x.shape().without_first();
    const Size features = sample.count();
    const Value mean = net.buffer("mean", {features}, 0);
    const Value deviation = net.buffer("std", {features}, 1);
    net.fit(x, "mean", "std", per == "feature");
    Graph& graph = net.graph();
    const Value flat = sample.rank() == 1 ? x : goodfit::reshape(x, {features});
    const Value y =
        goodfit::batch_norm(flat, normalizer_of_deviation(mean, deviation),
                            graph.constant({features}, 1), graph.constant({features}, 0), true);
    return sample.rank() == 1 ? y : goodfit::reshape(y, sample);
  }
};

}  // namespace goodfit
