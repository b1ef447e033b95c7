// Layer norm: the formulas of layer_norm.hpp, one element at a time.
#pragma once
#include <cmath>
#include <type_traits>

#include "goodfit/base/size.hpp"

namespace goodfit::kernels::reference {

template <class T>
struct RowStatistics {
  RowStatistics(const T* x, T eps, Size c) {
    using std::sqrt;
    T sum(0), squares(0);
    for (Size j = 0; j < c; ++j) sum += x[j];
    mean = sum / T(c);
    for (Size j = 0; j < c; ++j) squares += (x[j] - mean) * (x[j] - mean);
    inverse = T(1) / sqrt(squares / T(c) + eps);
  }
  T xhat(T x) const { return (x - mean) * inverse; }

  T mean, inverse;
};

template <class T>
void layer_norm(const T* x, const T* gamma, const T* beta, std::type_identity_t<T> eps, T* y,
                Size rows, Size c) {
  for (Size r = 0; r < rows; ++r, x += c, y += c) {
    const RowStatistics<T> row(x, eps, c);
    for (Size j = 0; j < c; ++j) y[j] = row.xhat(x[j]) * gamma[j] + beta[j];
  }
}

template <class T>
void layer_norm_backward(const T* x, const T* gamma, const T* dy, std::type_identity_t<T> eps,
                         T* dx, Size rows, Size c) {
  for (Size r = 0; r < rows; ++r, x += c, dy += c, dx += c) {
    const RowStatistics<T> row(x, eps, c);
    T sum_g(0), sum_g_xhat(0);
    for (Size j = 0; j < c; ++j) {
      sum_g += dy[j] * gamma[j];
      sum_g_xhat += dy[j] * gamma[j] * row.xhat(x[j]);
    }
    for (Size j = 0; j < c; ++j)
      dx[j] =
          row.inverse * (dy[j] * gamma[j] - sum_g / T(c) - row.xhat(x[j]) * (sum_g_xhat / T(c)));
  }
}

template <class T>
void layer_norm_backward_parameters(const T* x, const T* dy, std::type_identity_t<T> eps, Size rows,
                                    Size c, T* dgamma, T* dbeta) {
  for (Size j = 0; j < c; ++j) dgamma[j] = dbeta[j] = T(0);
  for (Size r = 0; r < rows; ++r, x += c, dy += c) {
    const RowStatistics<T> row(x, eps, c);
    for (Size j = 0; j < c; ++j) {
      dgamma[j] += dy[j] * row.xhat(x[j]);
      dbeta[j] += dy[j];
    }
  }
}

}  // namespace goodfit::kernels::reference
