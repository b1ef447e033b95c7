// Group norm: y = γ (x − μ) / √(σ² + ε) + β, for each sample and group of channels.
//
//   x, y: [batch, …, C]   γ, β: [C]   μ, σ² over positions and the C / groups channels of a group
//
// The same in all modes and for any batch: what to take in place of batch norm where batches are
// small. One group is layer norm over all of a sample, a group for each channel instance norm.
// Source: Wu & He 2018, arXiv:1803.08494, eq. 7.
#pragma once
#include "goodfit/compute/ops/group_norm.hpp"
#include "goodfit/parts/layers/affine.hpp"

namespace goodfit {

struct GroupNorm {
  Size groups = 32;
  double eps = 1e-5;
  bool affine = true;

  static constexpr Card card{"group_norm", "Normalizes groups of channels of each sample."};
  static constexpr auto fields() {
    return Fields{
        field("groups", &GroupNorm::groups, at_least(1), "groups that the channels fall into"),
        field("eps", &GroupNorm::eps, above(0), "ε: added to the variance"),
        field("affine", &GroupNorm::affine, "learns a scale γ and a shift β"),
    };
  }

  Value build(Net& net, Value x) const {
    const Size channels = x.shape().back();
    if (channels % groups != 0)
      fail("{} channels do not fall into {} groups: choose a divisor of {}", channels, groups,
           channels);
    if (x.shape().row() / groups < 2)
      fail("a group of one number has no variance: take fewer groups");
    const Affine learned(net, channels, affine);
    return goodfit::group_norm(x, learned.gamma, learned.beta, {.eps = eps, .groups = groups});
  }
};

}  // namespace goodfit
