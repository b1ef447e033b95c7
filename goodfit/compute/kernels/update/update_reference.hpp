// Update: the formulas of update.hpp, one weight at a time.
#pragma once
#include <cmath>
#include <type_traits>

#include "goodfit/base/size.hpp"
#include "goodfit/compute/kernels/update/update.hpp"

namespace goodfit::kernels::reference {

template <class T>
void sgd(T* w, const T* g, Size n, double lr, double decay) {
  for (Size i = 0; i < n; ++i) w[i] -= T(lr) * (g[i] + T(decay) * w[i]);
}

template <class T>
void sgd_momentum(T* w, const T* g, T* m, Size n, double lr, double momentum, double dampening,
                  double decay, bool nesterov, bool first_step) {
  for (Size i = 0; i < n; ++i) {
    const T d = g[i] + T(decay) * w[i];
    m[i] = first_step ? d : T(momentum) * m[i] + T(1 - dampening) * d;
    w[i] -= T(lr) * (nesterov ? d + T(momentum) * m[i] : m[i]);
  }
}

template <class T>
void adagrad(T* w, const T* g, T* sum, Size n, double lr, double eps, double decay) {
  using std::sqrt;
  for (Size i = 0; i < n; ++i) {
    const T d = g[i] + T(decay) * w[i];
    sum[i] += d * d;
    w[i] -= T(lr) * (d / (sqrt(sum[i]) + T(eps)));
  }
}

template <class T>
void rmsprop(T* w, const T* g, T* square, std::type_identity_t<T>* buffer,
             std::type_identity_t<T>* mean, Size n, double lr, double alpha, double eps,
             double decay, double momentum) {
  using std::sqrt;
  for (Size i = 0; i < n; ++i) {
    const T d = g[i] + T(decay) * w[i];
    square[i] = T(alpha) * square[i] + T(1 - alpha) * (d * d);
    T variance = square[i];
    if (mean != nullptr) {
      mean[i] = mean[i] + T(1 - alpha) * (d - mean[i]);
      variance = variance - mean[i] * mean[i];
      if (variance < T(0)) variance = T(0);
    }
    T q = d / (sqrt(variance) + T(eps));
    if (buffer != nullptr) q = buffer[i] = T(momentum) * buffer[i] + q;
    w[i] -= T(lr) * q;
  }
}

template <class T>
void adam(T* w, const T* g, T* m, T* v, Size n, const AdamStep& step) {
  using std::sqrt;
  for (Size i = 0; i < n; ++i) {
    if (step.decoupled) w[i] *= T(1 - step.lr * step.weight_decay);
    const T d = step.decoupled ? g[i] : g[i] + T(step.weight_decay) * w[i];
    m[i] = m[i] + T(1 - step.beta1) * (d - m[i]);
    v[i] = T(step.beta2) * v[i] + T(1 - step.beta2) * (d * d);
    const T denominator = sqrt(v[i]) / T(std::sqrt(step.bias2)) + T(step.eps);
    w[i] -= T(step.lr / step.bias1) * (m[i] / denominator);
  }
}

}  // namespace goodfit::kernels::reference
