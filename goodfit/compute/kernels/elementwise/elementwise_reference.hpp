// Elementwise: the formulas of elementwise.hpp, one element at a time.
//
// T is float, double, or a number of the tests that follows rounding errors.
#pragma once
#include <cmath>
#include <type_traits>

#include "goodfit/base/size.hpp"

namespace goodfit::kernels::reference {

template <class T>
void relu(const T* x, T* y, Size n) {
  for (Size i = 0; i < n; ++i) y[i] = x[i] < T(0) ? T(0) : x[i];
}

template <class T>
void relu_backward(const T* y, const T* dy, T* dx, Size n, double factor = 1) {
  for (Size i = 0; i < n; ++i) dx[i] = y[i] > T(0) ? T(factor) * dy[i] : T(0);
}

template <class T>
void sigmoid(const T* x, T* y, Size n) {
  using std::exp;
  for (Size i = 0; i < n; ++i) {
    const T e = exp(x[i] < T(0) ? x[i] : -x[i]);
    y[i] = (x[i] < T(0) ? e : T(1)) / (T(1) + e);
  }
}

template <class T>
void sigmoid_backward(const T* y, const T* dy, T* dx, Size n) {
  for (Size i = 0; i < n; ++i) dx[i] = dy[i] * y[i] * (T(1) - y[i]);
}

template <class T>
void tanh_forward(const T* x, T* y, Size n) {
  using std::tanh;
  for (Size i = 0; i < n; ++i) y[i] = tanh(x[i]);
}

template <class T>
void tanh_backward(const T* y, const T* dy, T* dx, Size n) {
  for (Size i = 0; i < n; ++i) dx[i] = dy[i] * (T(1) - y[i] * y[i]);
}

template <class T>
void add(const T* a, const T* b, T* y, Size n) {
  for (Size i = 0; i < n; ++i) y[i] = a[i] + b[i];
}

template <class T>
void multiply(const T* a, const T* b, T* y, Size n) {
  for (Size i = 0; i < n; ++i) y[i] = a[i] * b[i];
}

template <class T>
void scale(const T* a, std::type_identity_t<T> factor, T* y, Size n) {
  for (Size i = 0; i < n; ++i) y[i] = factor * a[i];
}

template <class T>
void add_scaled(const T* a, std::type_identity_t<T> factor, const T* b, T* y, Size n) {
  for (Size i = 0; i < n; ++i) y[i] = a[i] + factor * b[i];
}

template <class T>
void sign_scaled_add(const T* a, std::type_identity_t<T> factor, const T* b, T* y, Size n) {
  for (Size i = 0; i < n; ++i) {
    const T step = b[i] > T(0) ? factor : b[i] < T(0) ? -factor : b[i];
    y[i] = a[i] + step;
  }
}

}  // namespace goodfit::kernels::reference
