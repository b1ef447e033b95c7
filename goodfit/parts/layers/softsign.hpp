// Softsign: y = x / (1 + |x|)
//
// Its slope falls with the square of x, not exponentially: it fades later than tanh.
// Source: Bergstra et al. 2009, "Quadratic Polynomials Learn Better Image Features".
#pragma once
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Softsign {
  static constexpr Card card{"softsign", "Squeezes into −1 … 1, more slowly than tanh."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return gain_of(Curve{}); }

  struct Curve {
    static constexpr std::string_view name = "softsign";
    std::string settings() const { return {}; }
    kernels::Curve fast() const { return {kernels::Curve::softsign}; }
    template <class T>
    T value(T x) const {
      return x / (1 + std::abs(x));
    }
    template <class T>
    T slope(T x) const {
      const T d = 1 + std::abs(x);
      return 1 / (d * d);
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{}); }
};

}  // namespace goodfit
