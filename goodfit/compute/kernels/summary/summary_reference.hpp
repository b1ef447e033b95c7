// Summary: the formulas of summary.hpp, one element at a time.
#pragma once
#include <algorithm>

#include "goodfit/base/size.hpp"

namespace goodfit::kernels::reference {

inline double sum(const float* x, Size n) {
  double all = 0;
  for (Size i = 0; i < n; ++i) all += double(x[i]);
  return all;
}

inline Size zeros(const float* x, Size n) { return Size(std::count(x, x + n, 0.0f)); }

inline double squares(const float* x, Size n, double about) {
  double all = 0;
  for (Size i = 0; i < n; ++i) all += (double(x[i]) - about) * (double(x[i]) - about);
  return all;
}

inline double distance(const float* x, const float* y, Size n) {
  double all = 0;
  for (Size i = 0; i < n; ++i) all += (double(x[i]) - double(y[i])) * (double(x[i]) - double(y[i]));
  return all;
}

inline void count_bins(const float* x, Size n, double middle, double bins_per_unit, Size bins,
                       Size* counts) {
  for (Size i = 0; i < n; ++i) {
    const double at = double(bins) / 2 + (double(x[i]) - middle) * bins_per_unit;
    ++counts[Size(std::clamp(at, 0.0, double(bins - 1)))];
  }
}

}  // namespace goodfit::kernels::reference
