// Divergence of softmax(x) from wanted shares, for each sample (Kullback & Leibler):
//
//   L = Σ_c t_c (log t_c − log softmax(x)_c),  0 log 0 = 0
//   dx_j = dL (softmax(x)_j Σ_c t_c − t_j)
//
// x, t: [batch, …, C], t ≥ 0 with sum 1   L: [batch, …, 1]
#pragma once
#include "goodfit/compute/kernels/softmax/softmax_reference.hpp"
#include "goodfit/compute/ops/row_loss.hpp"

namespace goodfit {

struct KlDivergence {
  static constexpr std::string_view name = "kl";
  std::string settings() const { return {}; }
  Size targets(Size width) const { return width; }
  template <class T>
  T loss(const T* x, const T* t, Size c) const {
    const kernels::reference::SoftmaxRow<T> row(x, c);
    const T log_sum = std::log(row.sum);
    T sum(0);
    for (Size j = 0; j < c; ++j)
      if (t[j] > T(0)) sum += t[j] * (std::log(t[j]) - (x[j] - row.max - log_sum));
    return sum;
  }
  template <class T>
  void slope(const T* x, const T* t, T dloss, T* dx, Size c) const {
    const kernels::reference::SoftmaxRow<T> row(x, c);
    T all(0);
    for (Size j = 0; j < c; ++j) all += t[j];
    for (Size j = 0; j < c; ++j) dx[j] = dloss * (row.share(x[j]) * all - t[j]);
  }
};

inline Value kl_divergence(Value logits, Value target) {
  return row_loss(KlDivergence{}, logits, target);
}

}  // namespace goodfit
