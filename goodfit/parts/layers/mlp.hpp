// Mlp: a ready model of dense layers, a perceptron of many layers.
//
//   flatten, then for each of `hidden`: dense, norm, activation, dropout; at the end dense with
//   `out` units
//
// For tables, and as the first try on anything. Norm is identity unless one is named; before a
// batch_norm a dense layer has no bias, as the norm has a shift.
// Source: Rumelhart, Hinton & Williams 1986, "Learning representations by back-propagating errors".
#pragma once
#include "goodfit/parts/layers/batch_norm.hpp"
#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/dropout.hpp"
#include "goodfit/parts/layers/flatten.hpp"
#include "goodfit/parts/layers/identity.hpp"
#include "goodfit/parts/layers/relu.hpp"

namespace goodfit {

struct Mlp {
  Size out = 0;
  std::vector<Size> hidden{512, 512};
  Layer activation = Relu{};
  Layer norm = IdentityLayer{};
  double dropout = 0;

  static constexpr Card card{"mlp", "A ready model: dense layers one after the other."};
  static constexpr auto fields() {
    return Fields{
        field("out", &Mlp::out, at_least(1), "units of the last layer"),
        field("hidden", &Mlp::hidden, at_least(1), "units of the layers before it"),
        field("activation", &Mlp::activation, "after each hidden layer"),
        field("norm", &Mlp::norm, "before each activation"),
        field("dropout", &Mlp::dropout, share, "probability to drop a hidden unit"),
    };
  }

  std::vector<Layer> layers() const {
    std::vector<Layer> all{Flatten{}};
    for (const Size units : hidden) {
      all.push_back(Dense{.out = units, .bias = norm.as<BatchNorm>() == nullptr});
      if (!norm.as<IdentityLayer>()) all.push_back(norm);
      all.push_back(activation);
      if (dropout > 0) all.push_back(Dropout{.p = dropout});
    }
    all.push_back(Dense{.out = out});
    return all;
  }
};

}  // namespace goodfit
