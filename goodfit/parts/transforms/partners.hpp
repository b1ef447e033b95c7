// Partners: whom a sample of a batch is mixed with, and how much of each stays.
//
//   λ ~ Beta(α, α)      small α: mostly near 0 or 1;  1: uniform;  large: near ½
//
// A sample's partner lies some places further in the same batch, as many for all: batches are
// shuffled already. λ is drawn once for the batch, as the authors of mixup and cutmix do.
// Source: Marsaglia & Tsang 2000, "A simple method for generating gamma variables" (the algorithm).
#pragma once
#include <cmath>

#include "goodfit/parts/transforms/transform.hpp"

namespace goodfit {

// Gamma(shape, 1), shape > 0.
inline double gamma_draw(double shape, Random& random) {
  if (shape < 1) return gamma_draw(shape + 1, random) * std::pow(1 - random.uniform(), 1 / shape);
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  while (true) {
    const double z = random.normal(), v = std::pow(1 + c * z, 3);
    if (v > 0 && std::log(1 - random.uniform()) < 0.5 * z * z + d - d * v + d * std::log(v))
      return d * v;
  }
}

// Beta(α, α). For α so small that both draws vanish, one end or the other.
inline double beta_draw(double alpha, Random& random) {
  const double a = gamma_draw(alpha, random), b = gamma_draw(alpha, random);
  return a + b > 0 ? a / (a + b) : random.uniform() < 0.5 ? 0 : 1;
}

// Calls fn(row, partner's row, goal, partner's goal), all spans of floats, for each sample of the
// batch. Partners are as they were before, even those that fn has changed already.
template <class Fn>
void each_pair(const Batch& batch, Random& random, Fn fn) {
  std::vector<float>& before = *batch.scratch;
  before.assign(batch.features.begin(), batch.features.end());
  before.insert(before.end(), batch.targets.begin(), batch.targets.end());
  const Size further = random.below(batch.rows);
  const auto part = [&](Size begin, Size count) {
    return ConstSpan(before).subspan(std::size_t(begin), std::size_t(count));
  };
  for (Size i = 0; i < batch.rows; ++i) {
    const Size other = (i + further) % batch.rows, width = batch.width();
    fn(batch.row(i), part(other * width, width), batch.goal(i),
       part(batch.rows * width + other * batch.goals, batch.goals));
  }
}

inline void blend(Span a, ConstSpan b, float share) {  // a ← share a + (1 − share) b
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = share * a[i] + (1 - share) * b[i];
}

}  // namespace goodfit
