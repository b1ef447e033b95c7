// Softmax and cross entropy: the formulas of softmax.hpp, one element at a time.
#pragma once
#include <algorithm>
#include <cmath>
#include <type_traits>

#include "goodfit/base/size.hpp"

namespace goodfit::kernels::reference {

template <class T>
struct SoftmaxRow {
  SoftmaxRow(const T* x, Size c) : max(*std::max_element(x, x + c)), sum(0) {
    using std::exp;
    for (Size j = 0; j < c; ++j) sum += exp(x[j] - max);
  }
  T share(T x) const {
    using std::exp;
    return exp(x - max) / sum;
  }

  T max, sum;
};

template <class T>
void softmax(const T* x, T* y, Size rows, Size c) {
  for (Size r = 0; r < rows; ++r) {
    const SoftmaxRow<T> row(x + r * c, c);
    for (Size i = r * c; i < (r + 1) * c; ++i) y[i] = row.share(x[i]);
  }
}

template <class T>
void softmax_backward(const T* p, const T* dp, std::type_identity_t<T> factor, T* dx, Size rows,
                      Size c) {
  for (Size r = 0; r < rows; ++r, p += c, dp += c, dx += c) {
    T mean(0);
    for (Size j = 0; j < c; ++j) mean += p[j] * dp[j];
    for (Size j = 0; j < c; ++j) dx[j] = p[j] * (dp[j] - mean) * factor;
  }
}

template <class T>
void softmax_terms(const T* logits, T* terms, Size rows, Size c) {
  using std::exp;
  for (Size r = 0; r < rows; ++r, logits += c) {
    const SoftmaxRow<T> row(logits, c);
    for (Size j = 0; j < c; ++j) *terms++ = exp(logits[j] - row.max);
    *terms++ = row.max;
    *terms++ = row.sum;
  }
}

template <class T>
void cross_entropy(const T* logits, const T* target, const T* terms,
                   std::type_identity_t<T> smoothing, T* loss, Size rows, Size c) {
  using std::log;
  for (Size r = 0; r < rows; ++r, logits += c, terms += c + 2) {
    const T max = terms[c], sum = terms[c + 1];
    T expected(0);
    for (Size j = 0; j < c; ++j) {
      if (T(j) == target[r]) expected += (T(1) - smoothing) * (logits[j] - max);
      if (smoothing > T(0)) expected += smoothing / T(c) * (logits[j] - max);
    }
    loss[r] = log(sum) - expected;
  }
}

template <class T>
void cross_entropy_backward(const T* terms, const T* target, const T* dloss,
                            std::type_identity_t<T> smoothing, T* dlogits, Size rows, Size c) {
  for (Size r = 0; r < rows; ++r, terms += c + 2, dlogits += c) {
    for (Size j = 0; j < c; ++j) {
      const T hit = T(j) == target[r] ? T(1) - smoothing : T(0);
      dlogits[j] = dloss[r] * (terms[j] / terms[c + 1] - smoothing / T(c) - hit);
    }
  }
}

}  // namespace goodfit::kernels::reference
