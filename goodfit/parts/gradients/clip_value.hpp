// Clip value: g ← min(max(g, −c), c)          c max
//
// Bounds each number of each gradient by itself, which changes the direction of the step; clip_norm
// does not. Source: PyTorch's clip_grad_value_; used since Mikolov 2012, "Statistical Language
// Models Based on Neural Networks", § 3.2.2.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/gradients/gradient_rule.hpp"

namespace goodfit {

struct ClipValue {
  double max = 1;

  static constexpr Card card{"clip_value", "Bounds each number of the gradients."};
  static constexpr auto fields() {
    return Fields{field("max", &ClipValue::max, above(0), "largest size of a number")};
  }

  struct Curve {
    double max;
    static constexpr std::string_view name = "clip_value";
    std::string settings() const { return formatted("max={}", max); }
    template <class T>
    T value(T x) const {
      const T most = T(max);
      return x > most ? most : x < -most ? -most : x;  // so that NaN stays NaN
    }
    template <class T>
    T slope(T x) const {
      return T(std::abs(x) <= T(max));
    }
  };

  Values build(Values gradients) const {
    for (Value& g : gradients) g = pointwise(g, Curve{max});
    return gradients;
  }
};

}  // namespace goodfit
