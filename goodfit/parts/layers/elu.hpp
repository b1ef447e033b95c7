// Elu: y = x where x > 0, else α (eˣ − 1)
//
// Negative outputs pull the mean of a layer towards zero. Source: Clevert, Unterthiner & Hochreiter
// 2016, arXiv:1511.07289, eq. 15.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Elu {
  double alpha = 1;

  static constexpr Card card{"elu", "The identity above 0, an exponential down to −α below."};
  static constexpr auto fields() {
    return Fields{
        field("alpha", &Elu::alpha, above(0), "α: the lowest output is −α"),
    };
  }
  Gain gain() const { return gain_of(Curve{alpha}); }

  struct Curve {
    double alpha;
    static constexpr std::string_view name = "elu";
    std::string settings() const { return formatted("alpha={}", alpha); }
    kernels::Curve fast() const { return {kernels::Curve::elu, float(alpha)}; }
    template <class T>
    T value(T x) const {
      return x > 0 ? x : T(alpha) * std::expm1(x);
    }
    template <class T>
    T slope(T x) const {
      return x > 0 ? T(1) : T(alpha) * std::exp(x);
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{alpha}); }
};

}  // namespace goodfit
