// Repeat: a body of layers several times in a row, each time with weights of its own.
//
//   y = f_n(… f₂(f₁(x)))        body.0 … are the layers of all repetitions, one after the other
//
// For deep nets of equal blocks: { repeat = { times = 6, body = [{ residual = [...] }] } }.
#pragma once
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Repeat {
  Size times = 2;
  std::vector<Layer> body{};

  static constexpr Card card{"repeat", "The same layers several times, each with own weights."};
  static constexpr auto fields() {
    return Fields{
        field("times", &Repeat::times, within(1, 10000), "how often"),
        field("body", &Repeat::body, "the layers of one time"),
    };
  }

  std::vector<Layer> layers() const {
    std::vector<Layer> all;
    for (Size time = 0; time < times; ++time) all.insert(all.end(), body.begin(), body.end());
    return all;
  }
};

}  // namespace goodfit
