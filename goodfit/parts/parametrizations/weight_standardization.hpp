// Weight standardization: Ŵ = (W − μ) / √(σ² + ε), mean and variance over the inputs of each unit.
//
// With group_norm it does what batch_norm does, and needs no large batches: the pair of BiT.
// Scaling W changes nothing; its gradient has no share along W and none along a constant.
// Source: Qiao et al. 2019, arXiv:1903.10520, eq. 4 and 5; ε under the root and of this size as in
// Kolesnikov et al. 2020 (BiT), arXiv:1912.11370.
#pragma once
#include "goodfit/compute/ops/standardize_units.hpp"
#include "goodfit/parts/parametrizations/parametrization.hpp"

namespace goodfit {

struct WeightStandardization {
  double eps = 1e-10;

  static constexpr Card card{"weight_standardization", "Each unit's weights: mean 0, variance 1."};
  static constexpr auto fields() {
    return Fields{field("eps", &WeightStandardization::eps, above(0), "ε: added to the variance")};
  }

  Value build(Net&, const Raw& raw) const { return standardize_units(raw.value, raw.units, eps); }
};

}  // namespace goodfit
