// Residual: y = s(x) + f(x), where f is a body of layers, and s a shortcut: x itself, or layers
// that bring it to the shape of f(x).
//
// The signal and its gradient have a way past the body, so that deep nets train. A body that keeps
// the shape needs no shortcut; where it changes it, a convolution by 1 with the same stride does.
// Source: He et al. 2016, "Deep Residual Learning for Image Recognition", arXiv:1512.03385, eq. 1
// and 2.
#pragma once
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Residual {
  std::vector<Layer> body{};
  std::vector<Layer> shortcut{};

  static constexpr Card card{"residual", "Adds what its body makes to its input."};
  static constexpr auto fields() {
    return Fields{
        field("body", &Residual::body, "layers whose output is added"),
        field("shortcut", &Residual::shortcut, "layers of the way past them; none: x itself"),
    };
  }

  Value build(Net& net, Value x) const {
    if (body.empty()) fail("residual.body is empty: give it at least one layer");
    const Value y = build_sequence(net, "body", body, x);
    const Value past = build_sequence(net, "shortcut", shortcut, x);
    if (y.shape() != past.shape()) {
      const std::string in = x.shape().without_first().text(),
                        out = y.shape().without_first().text();
      if (shortcut.empty()) fail("its body turns shape {} into {}; both must be equal", in, out);
      fail("its body turns shape {} into {}, its shortcut into {}; both must be equal", in, out,
           past.shape().without_first().text());
    }
    return goodfit::add(y, past);  // so that the body's last op may add as well
  }
};

}  // namespace goodfit
