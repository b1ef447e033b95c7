// Prelu: y = x where x > 0, else a x, with a learned
//
//   x, y: [batch, …, C]   a: [C], one slope for each channel
//
// Source: He et al. 2015, arXiv:1502.01852, section 2.1; PyTorch's PReLU(C).
#pragma once
#include "goodfit/compute/ops/prelu.hpp"
#include "goodfit/parts/initializers/constant.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Prelu {
  double slope = 0.25;

  static constexpr Card card{"prelu", "A leaky relu that learns its slopes."};
  static constexpr auto fields() {
    return Fields{field("slope", &Prelu::slope, at_least(0), "a: the first value of all slopes")};
  }
  Gain gain() const { return leaky_relu_gain(slope); }

  Value build(Net& net, Value x) const {
    return goodfit::prelu(x, net.bias("weight", {x.shape().back()}, Constant{.value = slope}, {}));
  }
};

}  // namespace goodfit
