// Hard sigmoid: y = x / 6 + 1/2, cut to 0 … 1
//
// Source: Courbariaux, Bengio & David 2015, arXiv:1511.00363; with PyTorch's slope of 1/6.
#pragma once
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct HardSigmoid {
  static constexpr Card card{"hard_sigmoid", "The sigmoid made of three straight lines."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return gain_of(Curve{}); }

  struct Curve {
    static constexpr std::string_view name = "hard_sigmoid";
    std::string settings() const { return {}; }
    kernels::Curve fast() const { return {kernels::Curve::hard_sigmoid}; }
    template <class T>
    T value(T x) const {
      return std::min(std::max(x / 6 + T(0.5), T(0)), T(1));
    }
    template <class T>
    T slope(T x) const {
      return x > -3 && x < 3 ? T(1) / 6 : T(0);
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{}); }
};

}  // namespace goodfit
