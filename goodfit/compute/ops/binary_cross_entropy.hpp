// Binary cross entropy of logits, for each sample the mean over its outputs:
//
//   p t · softplus(−x) + (1 − t) · softplus(x)        softplus(x) = log(1 + e^x) = −log σ(−x)
//   slope: (1 − t) σ(x) − p t σ(−x)                   p: weight of the positive targets
//
// x, t: [batch, …, C], t in 0 … 1   L: [batch, …, 1]
// No term is negative, so that nothing cancels for logits of any size.
#pragma once
#include <cmath>

#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/row_loss.hpp"

namespace goodfit {

struct BinaryCrossEntropy : MeanOverRow<BinaryCrossEntropy> {
  explicit BinaryCrossEntropy(double weight) : positive(weight) {}
  double positive;
  static constexpr std::string_view name = "bce";
  std::string settings() const { return formatted("pos_weight={}", positive); }
  template <class T>
  T at(T x, T t) const {
    const T beyond = std::log1p(std::exp(-std::abs(x)));
    return T(positive) * t * (beyond + std::max(-x, T(0))) +
           (T(1) - t) * (beyond + std::max(x, T(0)));
  }
  template <class T>
  T slope_at(T x, T t) const {
    const T small = std::exp(-std::abs(x)), near = T(1) / (T(1) + small), far = small * near;
    const T up = x > T(0) ? near : far, down = x > T(0) ? far : near;  // σ(x) and σ(−x)
    return (T(1) - t) * up - T(positive) * t * down;
  }
};

inline Value binary_cross_entropy(Value logits, Value target, double positive = 1) {
  return row_loss(BinaryCrossEntropy(positive), logits, target);
}

}  // namespace goodfit
