// Negative log-likelihood of each sample, from log-probabilities: L = −w_t x_t        dx_t = −dL
// w_t
//
// x: [batch, …, C]   target: [batch, …, 1], the index t of the class   L: [batch, …, 1]
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/class_weights.hpp"

namespace goodfit {

struct NegativeLogLikelihood {
  ClassWeights weights;
  static constexpr std::string_view name = "nll";
  std::string settings() const { return formatted("weights={}", joined(weights, " ")); }
  Size targets(Size width) const {
    check_class_weights(weights, width, name);
    return 1;
  }
  template <class T>
  T loss(const T* x, const T* t, Size) const {
    return -weight_of<T>(weights, Size(t[0])) * x[Size(t[0])];
  }
  template <class T>
  void slope(const T*, const T* t, T dloss, T* dx, Size c) const {
    std::fill_n(dx, c, T(0));
    dx[Size(t[0])] = -weight_of<T>(weights, Size(t[0])) * dloss;
  }
};

inline Value negative_log_likelihood(Value x, Value target, const ClassWeights& weights = {}) {
  return row_loss(NegativeLogLikelihood{weights}, x, target);
}

}  // namespace goodfit
