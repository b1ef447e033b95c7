// Batch norm, relu and max pool: one after another, by their references.
#pragma once
#include <vector>

#include "goodfit/compute/kernels/batch_norm/batch_norm_max_pool.hpp"
#include "goodfit/compute/kernels/batch_norm/batch_norm_reference.hpp"
#include "goodfit/compute/kernels/pooling/pooling_reference.hpp"

namespace goodfit::kernels::reference {

// What the pool looks at.
template <class T>
std::vector<T> rectified_norms(const Pooling& g, const T* x, const T* mean,
                               const T* inverse_deviation, const T* gamma, const T* beta,
                               Size samples) {
  std::vector<T> norms(std::size_t(samples * g.input_floats()));
  batch_norm_normalize(x, mean, inverse_deviation, gamma, beta, norms.data(),
                       Size(norms.size()) / g.channels, g.channels, true);
  return norms;
}

template <class T>
void batch_norm_max_pool(const Pooling& g, const T* x, const T* mean, const T* inverse_deviation,
                         const T* gamma, const T* beta, Size samples, T* y) {
  max_pool(g, rectified_norms(g, x, mean, inverse_deviation, gamma, beta, samples).data(), samples,
           y);
}

// The gradient of what the pool looks at.
template <class T>
std::vector<T> pooled_slopes(const Pooling& g, const T* x, const T* dy, const T* mean,
                             const T* inverse_deviation, const T* gamma, const T* beta,
                             Size samples) {
  const auto norms = rectified_norms(g, x, mean, inverse_deviation, gamma, beta, samples);
  std::vector<T> slopes(norms.size());
  max_pool_backward(g, norms.data(), dy, samples, slopes.data());
  return slopes;
}

template <class T>
void batch_norm_max_pool_sums(const Pooling& g, const T* x, const T* dy, const T* mean,
                              const T* inverse_deviation, const T* gamma, const T* beta,
                              Size samples, T* sum_dy, T* sum_dy_xhat) {
  const auto slopes = pooled_slopes(g, x, dy, mean, inverse_deviation, gamma, beta, samples);
  batch_norm_backward_sums(x, slopes.data(), mean, inverse_deviation, gamma, beta,
                           Size(slopes.size()) / g.channels, g.channels, sum_dy, sum_dy_xhat);
}

template <class T>
void batch_norm_max_pool_backward(const Pooling& g, const T* x, const T* dy, const T* mean,
                                  const T* inverse_deviation, const T* gamma, const T* beta,
                                  const T* sum_dy, const T* sum_dy_xhat, Size count, Size samples,
                                  T* dx) {
  const auto slopes = pooled_slopes(g, x, dy, mean, inverse_deviation, gamma, beta, samples);
  batch_norm_backward(x, slopes.data(), mean, inverse_deviation, gamma, beta, sum_dy, sum_dy_xhat,
                      count, dx, Size(slopes.size()) / g.channels, g.channels);
}

}  // namespace goodfit::kernels::reference
