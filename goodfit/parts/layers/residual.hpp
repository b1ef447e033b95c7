// Residual: y = x + f(x), where f is a body of layers that keeps the shape.
//
// The signal and its gradient have a way past the body, so that deep nets train.
// Source: He et al. 2016, "Deep Residual Learning for Image Recognition", arXiv:1512.03385, eq. 1.
#pragma once
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Residual {
  std::vector<Layer> body{};

  static constexpr Card card{"residual", "Adds what its body makes to its input."};
  static constexpr auto fields() {
    return std::tuple{field("body", &Residual::body, "layers that keep the shape")};
  }

  Value build(Net& net, Value x) const {
    if (body.empty()) fail("residual.body is empty: give it at least one layer");
    const Value y = net.sequence("body", body, x);
    if (y.shape() != x.shape())
      fail("its body turns shape {} into {}; both must be equal", x.shape().without_first().text(),
           y.shape().without_first().text());
    return goodfit::add(x, y);
  }
};

}  // namespace goodfit
