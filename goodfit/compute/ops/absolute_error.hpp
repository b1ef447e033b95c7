// Absolute error of each sample: L = 1/C Σ_c |x_c − t_c|         dx = dL · sign(x − t) / C, 0 at 0
//
// x, t: [batch, …, C]   L: [batch, …, 1]
#pragma once
#include <cmath>

#include "goodfit/compute/ops/row_loss.hpp"

namespace goodfit {

struct AbsoluteError : MeanOverRow<AbsoluteError> {
  static constexpr std::string_view name = "mae";
  std::string settings() const { return {}; }
  template <class T>
  T at(T x, T t) const {
    return std::abs(x - t);
  }
  template <class T>
  T slope_at(T x, T t) const {
    return T(x > t) - T(x < t);
  }
};

inline Value absolute_error(Value x, Value target) { return row_loss(AbsoluteError{}, x, target); }

}  // namespace goodfit
