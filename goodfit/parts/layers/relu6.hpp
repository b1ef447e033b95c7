// Relu6: y = x, cut to 0 … 6
//
// Bounded, for nets that are computed in few bits later. Source: Krizhevsky 2010, "Convolutional
// Deep Belief Networks on CIFAR-10".
#pragma once
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Relu6 {
  static constexpr Card card{"relu6", "A relu that ends at 6."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return gain_of(Curve{}); }

  struct Curve {
    static constexpr std::string_view name = "relu6";
    std::string settings() const { return {}; }
    kernels::Curve fast() const { return {kernels::Curve::relu6}; }
    template <class T>
    T value(T x) const {
      return std::min(std::max(x, T(0)), T(6));
    }
    template <class T>
    T slope(T x) const {
      return x > 0 && x < 6 ? T(1) : T(0);
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{}); }
};

}  // namespace goodfit
