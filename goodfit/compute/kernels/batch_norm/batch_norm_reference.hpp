// Batch norm: the formulas of batch_norm.hpp, one element at a time.
#pragma once
#include <cmath>
#include <type_traits>

#include "goodfit/base/size.hpp"

namespace goodfit::kernels::reference {

template <class T>
void inverse_deviations(const T* variance, std::type_identity_t<T> eps, T* inverse_deviation,
                        Size c) {
  using std::sqrt;
  for (Size j = 0; j < c; ++j) inverse_deviation[j] = T(1) / sqrt(variance[j] + eps);
}

template <class T>
void batch_norm_normalize(const T* x, const T* mean, const T* inverse_deviation, const T* gamma,
                          const T* beta, T* y, Size rows, Size c, bool relu,
                          const std::type_identity_t<T>* added = nullptr, bool = false) {
  for (Size i = 0; i < rows * c; ++i) {
    const Size j = i % c;
    const T norm = (x[i] - mean[j]) * inverse_deviation[j] * gamma[j] + beta[j];
    y[i] = added ? norm + added[i] : norm;
    if (relu && y[i] < T(0)) y[i] *= T(0);
  }
}

template <class T>
void batch_norm_backward_sums(const T* x, const T* dy, const T* mean, const T* inverse_deviation,
                              const std::type_identity_t<T>* gamma,
                              const std::type_identity_t<T>* beta, Size rows, Size c, T* sum_dy,
                              T* sum_dy_xhat) {
  for (Size j = 0; j < c; ++j) {
    T slopes(0), products(0);
    for (Size i = j; i < rows * c; i += c) {
      const T xhat = (x[i] - mean[j]) * inverse_deviation[j];
      if (beta != nullptr && !(xhat * gamma[j] + beta[j] > T(0))) continue;
      slopes += dy[i];
      products += dy[i] * xhat;
    }
    sum_dy[j] = slopes;
    sum_dy_xhat[j] = products;
  }
}

template <class T>
void batch_norm_backward(const T* x, const T* dy, const T* mean, const T* inverse_deviation,
                         const T* gamma, const std::type_identity_t<T>* beta, const T* sum_dy,
                         const T* sum_dy_xhat, Size count, T* dx, Size rows, Size c, bool = false) {
  for (Size i = 0; i < rows * c; ++i) {
    const Size j = i % c;
    const T xhat = (x[i] - mean[j]) * inverse_deviation[j];
    const T d = beta == nullptr || xhat * gamma[j] + beta[j] > T(0) ? dy[i] : T(0);
    dx[i] = gamma[j] * inverse_deviation[j] *
            (d - sum_dy[j] / T(count) - xhat * (sum_dy_xhat[j] / T(count)));
  }
}

}  // namespace goodfit::kernels::reference
