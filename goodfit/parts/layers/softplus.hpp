// Softplus: y = log(1 + e^(β x)) / β
//
// For outputs that must be positive, as a variance. Source: Dugas et al. 2001, "Incorporating
// Second-Order Functional Knowledge for Better Option Pricing".
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Softplus {
  double beta = 1;

  static constexpr Card card{"softplus", "A relu with a round corner; always positive."};
  static constexpr auto fields() {
    return Fields{
        field("beta", &Softplus::beta, above(0), "β: the larger, the sharper the corner"),
    };
  }
  Gain gain() const { return gain_of(Curve{beta}); }

  struct Curve {
    double beta;
    static constexpr std::string_view name = "softplus";
    std::string settings() const { return formatted("beta={}", beta); }
    kernels::Curve fast() const { return {.kind = kernels::Curve::softplus, .rate = float(beta)}; }
    template <class T>
    T value(T x) const {
      return log_one_plus_exp(T(beta) * x) / T(beta);
    }
    template <class T>
    T slope(T x) const {
      return logistic(T(beta) * x);
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{beta}); }
};

}  // namespace goodfit
