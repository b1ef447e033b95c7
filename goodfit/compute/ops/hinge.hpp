// Hinge loss of each sample: L = 1/C Σ_{j ≠ t} z_j  or  z_j²,  z_j = max(0, m − x_t + x_j)
//
//   dx_j = dL / C · 1[z_j > 0]  or  dL / C · 2 z_j        dx_t = −Σ_{j ≠ t} dx_j
//
// x: [batch, …, C]   target: [batch, …, 1], the index t of the class   L: [batch, …, 1]
#pragma once
#include <algorithm>

#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/row_loss.hpp"

namespace goodfit {

struct HingeError {
  double margin;
  bool squared;
  static constexpr std::string_view name = "hinge";
  std::string settings() const { return formatted("margin={} squared={}", margin, squared); }
  Size targets(Size) const { return 1; }
  template <class T>
  T loss(const T* x, const T* t, Size c) const {
    const Size target = Size(t[0]);
    T sum(0);
    for (Size j = 0; j < c; ++j) {
      if (j == target) continue;
      const T z = std::max(T(0), T(margin) - x[target] + x[j]);
      sum += squared ? z * z : z;
    }
    return sum / T(c);
  }
  template <class T>
  void slope(const T* x, const T* t, T dloss, T* dx, Size c) const {
    const Size target = Size(t[0]);
    const T wanted = x[target] - T(margin), share = dloss / T(c);
    T all(0);
    for (Size j = 0; j < c; ++j) {
      if (j == target) continue;
      const T z = x[j] - wanted;
      dx[j] = z > T(0) ? share * (squared ? T(2) * z : T(1)) : T(0);
      all += dx[j];
    }
    dx[target] = -all;
  }
};

inline Value hinge(Value x, Value target, double margin = 1, bool squared = false) {
  return row_loss(HingeError{margin, squared}, x, target);
}

}  // namespace goodfit
