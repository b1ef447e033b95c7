// Huber's error of each sample, the mean over its outputs, e = x − t:
//
//   |e| ≤ δ    ½ e²                slope e
//   else       δ (|e| − ½ δ)       slope δ sign e
//
// x, t: [batch, …, C]   L: [batch, …, 1]
#pragma once
#include <algorithm>
#include <cmath>

#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/row_loss.hpp"

namespace goodfit {

struct HuberError : MeanOverRow<HuberError> {
  explicit HuberError(double border) : delta(border) {}
  double delta;
  static constexpr std::string_view name = "huber";
  std::string settings() const { return formatted("delta={}", delta); }
  template <class T>
  T at(T x, T t) const {
    const T e = std::abs(x - t), d = T(delta);
    return e <= d ? T(0.5) * e * e : d * (e - T(0.5) * d);
  }
  template <class T>
  T slope_at(T x, T t) const {
    return std::clamp(x - t, T(-delta), T(delta));
  }
};

inline Value huber(Value x, Value target, double delta) {
  return row_loss(HuberError(delta), x, target);
}

}  // namespace goodfit
