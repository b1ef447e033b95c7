// Leaky relu: y = x where x > 0, else a x
//
// As relu, but no unit dies: a gradient comes through on both sides.
// Source: Maas, Hannun & Ng 2013, "Rectifier Nonlinearities Improve Neural Network Acoustic
// Models".
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct LeakyRelu {
  double slope = 0.01;

  static constexpr Card card{"leaky_relu", "The identity, with a small slope for negative inputs."};
  static constexpr auto fields() {
    return Fields{
        field("slope", &LeakyRelu::slope, at_least(0), "a: slope for negative inputs"),
    };
  }
  Gain gain() const { return leaky_relu_gain(slope); }

  struct Curve {
    double a;
    static constexpr std::string_view name = "leaky_relu";
    std::string settings() const { return formatted("a={}", a); }
    kernels::Curve fast() const { return {kernels::Curve::leaky_relu, float(a)}; }
    template <class T>
    T value(T x) const {
      return x > 0 ? x : T(a) * x;
    }
    template <class T>
    T slope(T x) const {
      return x > 0 ? T(1) : T(a);
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{slope}); }
};

}  // namespace goodfit
