// Squared error: the formulas of squared_error.hpp, one element at a time.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels::reference {

template <class T>
void squared_error(const T* x, const T* target, T* loss, Size rows, Size c) {
  for (Size r = 0; r < rows; ++r) {
    T sum(0);
    for (Size i = r * c; i < (r + 1) * c; ++i) sum += (x[i] - target[i]) * (x[i] - target[i]);
    loss[r] = sum / T(c);
  }
}

template <class T>
void squared_error_backward(const T* x, const T* target, const T* dloss, T* dx, Size rows, Size c) {
  for (Size i = 0; i < rows * c; ++i) dx[i] = dloss[i / c] * T(2) / T(c) * (x[i] - target[i]);
}

}  // namespace goodfit::kernels::reference
