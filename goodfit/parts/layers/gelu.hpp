// Gelu: y = x Φ(x)        Φ: the distribution function of N(0, 1)
//
//   erf     Φ(x) = (1 + erf(x / √2)) / 2
//   tanh    Φ(x) ≈ (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2
//
// The activation of transformers. Source: Hendrycks & Gimpel 2016, arXiv:1606.08415, section 2.
#pragma once
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Gelu {
  std::string form = "erf";

  static constexpr Card card{"gelu", "x times the share of a normal distribution below x."};
  static constexpr auto fields() {
    return Fields{
        field("form", &Gelu::form, Choices{"erf", "tanh"},
              "the exact function, or its usual approximation"),
    };
  }
  Gain gain() const { return gain_of(Curve{form == "erf"}); }

  struct Curve {
    bool exact;
    static constexpr std::string_view name = "gelu";
    static constexpr double root = 0.79788456080286535588, cube = 0.044715;  // √(2/π)
    std::string settings() const { return exact ? "erf" : "tanh"; }
    kernels::Curve fast() const {
      return {exact ? kernels::Curve::gelu : kernels::Curve::gelu_tanh};
    }
    template <class T>
    T value(T x) const {
      if (exact) return x * share(x);
      return x * (1 + std::tanh(T(root) * (x + T(cube) * x * x * x))) / 2;
    }
    template <class T>
    T slope(T x) const {
      if (exact) return share(x) + x * T(root / 2) * std::exp(-x * x / 2);
      const T t = std::tanh(T(root) * (x + T(cube) * x * x * x));
      return (1 + t) / 2 + x * (1 - t * t) * T(root / 2) * (1 + T(3 * cube) * x * x);
    }
    template <class T>
    static T share(T x) {
      return std::erfc(-x * T(0.70710678118654752440)) / 2;
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{form == "erf"}); }
};

}  // namespace goodfit
