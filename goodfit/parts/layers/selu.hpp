// Selu: y = λ x where x > 0, else λ α (eˣ − 1)
//
//   λ = 1.0507…, α = 1.6733…: mean 0 and variance 1 are a fixed point of a layer with weights of
//   variance 1 / in (lecun_normal)
//
// For deep dense nets without normalization; drop with alpha_dropout, which keeps both moments.
// Source: Klambauer et al. 2017, arXiv:1706.02515, eq. 2 and 14.
#pragma once
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Selu {
  static constexpr Card card{"selu",
                             "Scaled so that layers keep mean 0 and variance 1 by themselves."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return selu_gain; }

  struct Curve {
    static constexpr double scale = 1.0507009873554804934, alpha = 1.6732632423543772848;
    static constexpr std::string_view name = "selu";
    std::string settings() const { return {}; }
    kernels::Curve fast() const { return {kernels::Curve::elu, float(alpha), float(scale)}; }
    template <class T>
    T value(T x) const {
      return x > 0 ? T(scale) * x : T(scale * alpha) * std::expm1(x);
    }
    template <class T>
    T slope(T x) const {
      return x > 0 ? T(scale) : T(scale * alpha) * std::exp(x);
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{}); }
};

}  // namespace goodfit
