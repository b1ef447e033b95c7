// Celu: y = x where x > 0, else α (e^{x/α} − 1)
//
// Elu whose slope is 1 at 0 from both sides for every α: the two sides meet smoothly, and α sets
// how deep the outputs may go. Source: Barron 2017, arXiv:1704.07483, eq. 2.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Celu {
  double alpha = 1;

  static constexpr Card card{"celu", "Elu that is smooth at 0 for every α."};
  static constexpr auto fields() {
    return Fields{
        field("alpha", &Celu::alpha, above(0), "α: the lowest output is −α"),
    };
  }
  Gain gain() const { return gain_of(Curve{alpha}); }

  struct Curve {
    double alpha;
    static constexpr std::string_view name = "celu";
    std::string settings() const { return formatted("alpha={}", alpha); }
    kernels::Curve fast() const { return {kernels::Curve::elu, float(alpha), 1, float(1 / alpha)}; }
    template <class T>
    T value(T x) const {
      return x > 0 ? x : T(alpha) * std::expm1(x / T(alpha));
    }
    template <class T>
    T slope(T x) const {
      return x > 0 ? T(1) : std::exp(x / T(alpha));
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{alpha}); }
};

}  // namespace goodfit
