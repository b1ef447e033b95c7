// Weighted cross entropy of logits, for each sample: L = Σ_c w_c q_c (log Σ_j e^{x_j} − x_c)
//
//   q = (1 − s) t + s / C        dx_j = dL (softmax(x)_j Σ_c w_c q_c − w_j q_j)
//
// x: [batch, …, C]   target: [batch, …, 1], the index of the class, which makes t one_hot, or with
// `shares` t itself: [batch, …, C]   L: [batch, …, 1]   w: weights of the classes, none: all 1
// For an index without weights cross_entropy.hpp is faster.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/kernels/softmax/softmax_reference.hpp"
#include "goodfit/compute/ops/class_weights.hpp"

namespace goodfit {

struct WeightedCrossEntropy {
  ClassWeights weights;
  double smoothing = 0;
  bool shares = false;
  static constexpr std::string_view name = "cross_entropy";
  std::string settings() const {
    return formatted("smoothing={} shares={} weights={}", smoothing, shares, joined(weights, " "));
  }
  Size targets(Size width) const {
    check_class_weights(weights, width, name);
    return shares ? width : 1;
  }
  template <class T>
  T goal(Size j, const T* t, Size c) const {  // w_j q_j
    const T share = shares ? t[j] : T(j == Size(t[0]));
    return weight_of<T>(weights, j) * (T(1 - smoothing) * share + T(smoothing / double(c)));
  }
  template <class T>
  T loss(const T* x, const T* t, Size c) const {
    const kernels::reference::SoftmaxRow<T> row(x, c);
    const T log_sum = std::log(row.sum);
    T sum(0);
    for (Size j = 0; j < c; ++j)
      if (const T w = goal(j, t, c); w > T(0)) sum += w * (log_sum - (x[j] - row.max));
    return sum;
  }
  template <class T>
  void slope(const T* x, const T* t, T dloss, T* dx, Size c) const {
    const kernels::reference::SoftmaxRow<T> row(x, c);
    T all(0);
    for (Size j = 0; j < c; ++j) all += goal(j, t, c);
    for (Size j = 0; j < c; ++j) dx[j] = dloss * (row.share(x[j]) * all - goal(j, t, c));
  }
};

inline Value weighted_cross_entropy(Value logits, Value target, const ClassWeights& weights,
                                    double smoothing = 0, bool shares = false) {
  return row_loss(WeightedCrossEntropy{weights, smoothing, shares}, logits, target);
}

}  // namespace goodfit
