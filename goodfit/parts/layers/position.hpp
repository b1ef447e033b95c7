// Position: y[n, t, :] = x[n, t, :] + p[t, :], a learned vector for each step.
//
//   x, y: [batch, T, F]   p: [T, F]
//
// Tells layers that do not know the order of steps, such as attention, where each one stands. All
// sequences have the length of the training data.
// Source: Gehring et al. 2017, "Convolutional Sequence to Sequence Learning", arXiv:1705.03122,
// section 3.1.
#pragma once
#include "goodfit/compute/ops/add_sample.hpp"
#include "goodfit/parts/initializers/normal.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Position {
  Initializer init = Normal{.std = 0.02};

  static constexpr Card card{"position", "Adds a learned vector to each step."};
  static constexpr auto fields() {
    return Fields{field("init", &Position::init, "first values of p")};
  }

  Value build(Net& net, Value x) const {
    const Shape sample = x.shape().without_first();
    if (sample.rank() != 2)
      fail("it takes sequences [steps, features], not samples of shape {}", sample.text());
    return add_sample(x, net.bias("weight", sample, init, {.in = sample[1], .out = sample[0]}));
  }
};

}  // namespace goodfit
