// Focal loss of logits, for each sample, p = softmax(x)_t of the target t and q = 1 − p:
//
//   L = −w_t q^γ log p        dx_j = dL w_t q^γ (γ p (log p) / q − 1) (1[j = t] − softmax(x)_j)
//
// x: [batch, …, C]   target: [batch, …, 1], the index of the class   L: [batch, …, 1]
// q is summed from the other classes, so that it is exact where p is nearly 1; there (log p) / q
// is −1.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/kernels/softmax/softmax_reference.hpp"
#include "goodfit/compute/ops/class_weights.hpp"

namespace goodfit {

struct FocalError {
  double gamma;
  ClassWeights weights;
  static constexpr std::string_view name = "focal";
  std::string settings() const {
    return formatted("gamma={} weights={}", gamma, joined(weights, " "));
  }
  Size targets(Size width) const {
    check_class_weights(weights, width, name);
    return 1;
  }

  template <class T>
  struct Row {
    Row(const T* x, Size target, Size c) : softmax(x, c), p(softmax.share(x[target])), q(0) {
      for (Size j = 0; j < c; ++j)
        if (j != target) q += softmax.share(x[j]);
      log_p = p > T(0.5) ? std::log1p(-q) : x[target] - softmax.max - std::log(softmax.sum);
    }
    kernels::reference::SoftmaxRow<T> softmax;
    T p, q, log_p;
  };

  template <class T>
  T loss(const T* x, const T* t, Size c) const {
    const Row<T> row(x, Size(t[0]), c);
    return -weight_of<T>(weights, Size(t[0])) * std::pow(row.q, T(gamma)) * row.log_p;
  }
  template <class T>
  void slope(const T* x, const T* t, T dloss, T* dx, Size c) const {
    const Size target = Size(t[0]);
    const Row<T> row(x, target, c);
    const T ratio = row.q > T(0) ? row.log_p / row.q : T(-1);
    const T factor = dloss * weight_of<T>(weights, target) * std::pow(row.q, T(gamma)) *
                     (T(gamma) * row.p * ratio - T(1));
    for (Size j = 0; j < c; ++j) dx[j] = factor * (j == target ? row.q : -row.softmax.share(x[j]));
  }
};

inline Value focal(Value logits, Value target, double gamma, const ClassWeights& weights = {}) {
  return row_loss(FocalError{gamma, weights}, logits, target);
}

}  // namespace goodfit
