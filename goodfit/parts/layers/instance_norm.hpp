// Instance norm: y = γ (x − μ) / √(σ² + ε) + β, for each sample and channel over its positions.
//
//   x, y: [batch, …, C]   γ, β: [C], only with affine
//
// Takes contrast and brightness out of every channel of an image; for style transfer and
// generators. As in PyTorch, γ and β are off unless asked for, and there are no running statistics:
// it is the same in all modes. Source: Ulyanov, Vedaldi & Lempitsky 2016, arXiv:1607.08022, eq. 2.
#pragma once
#include "goodfit/compute/ops/group_norm.hpp"
#include "goodfit/parts/layers/affine.hpp"

namespace goodfit {

struct InstanceNorm {
  double eps = 1e-5;
  bool affine = false;

  static constexpr Card card{"instance_norm", "Normalizes each channel of each sample."};
  static constexpr bool centers_channels = true;
  static constexpr auto fields() {
    return Fields{
        field("eps", &InstanceNorm::eps, above(0), "ε: added to the variance"),
        field("affine", &InstanceNorm::affine, "learns a scale γ and a shift β"),
    };
  }

  Value build(Net& net, Value x) const {
    const Size channels = x.shape().back();
    if (x.shape().row() == channels)
      fail("a channel of one position has no variance: it is for images and sequences");
    const Affine learned(net, channels, affine);
    return goodfit::group_norm(x, learned.gamma, learned.beta, {.eps = eps, .groups = channels});
  }
};

}  // namespace goodfit
