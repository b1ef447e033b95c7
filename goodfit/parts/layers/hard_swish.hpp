// Hard swish: y = x h(x)        h(x) = x / 6 + 1/2, cut to 0 … 1
//
// Silu without an exponential, for small devices. Source: Howard et al. 2019, arXiv:1905.02244,
// section 5.2.
#pragma once
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct HardSwish {
  static constexpr Card card{"hard_swish", "x times its hard sigmoid."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return gain_of(Curve{}); }

  struct Curve {
    static constexpr std::string_view name = "hard_swish";
    std::string settings() const { return {}; }
    kernels::Curve fast() const { return {kernels::Curve::hard_swish}; }
    template <class T>
    T value(T x) const {
      return x * std::min(std::max(x / 6 + T(0.5), T(0)), T(1));
    }
    template <class T>
    T slope(T x) const {
      return x <= -3 ? T(0) : x >= 3 ? T(1) : x / 3 + T(0.5);
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{}); }
};

}  // namespace goodfit
