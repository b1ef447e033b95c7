// Silu: y = x σ(x)        σ: the sigmoid
//
// Smooth, not monotonous, close to relu for large inputs. Source: Elfwing, Uchibe & Doya 2018,
// arXiv:1702.03118, eq. 2; Ramachandran, Zoph & Le 2017, arXiv:1710.05941.
#pragma once
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Silu {
  static constexpr Card card{"silu", "x times its sigmoid; also called swish."};
  static constexpr auto fields() { return Fields{}; }
  static Gain gain() { return gain_of(Curve{}); }

  struct Curve {
    static constexpr std::string_view name = "silu";
    std::string settings() const { return {}; }
    kernels::Curve fast() const { return {kernels::Curve::silu}; }
    template <class T>
    T value(T x) const {
      return x * logistic(x);
    }
    template <class T>
    T slope(T x) const {
      const T s = logistic(x);
      return s * (1 + x * (1 - s));
    }
  };
  Value build(Net&, Value x) const { return pointwise(x, Curve{}); }
};

}  // namespace goodfit
