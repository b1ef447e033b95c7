// Mish: y = x tanh(log(1 + eˣ))
//
// Source: Misra 2020, arXiv:1908.08681, eq. 1.
#pragma once
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Mish {
  static constexpr Card card{"mish", "x times the tanh of its softplus."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return gain_of(Curve{}); }

  struct Curve {
    static constexpr std::string_view name = "mish";
    std::string settings() const { return {}; }
    kernels::Curve fast() const { return {kernels::Curve::mish}; }
    template <class T>
    T value(T x) const {
      return x * std::tanh(log_one_plus_exp(x));
    }
    template <class T>
    T slope(T x) const {
      const T t = std::tanh(log_one_plus_exp(x));
      return t + x * (1 - t * t) * logistic(x);
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{}); }
};

}  // namespace goodfit
