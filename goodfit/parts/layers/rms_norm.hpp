// RMS norm: y = γ x / √(mean(x²) + ε), for each sample over its last axis.
//
//   x, y: [batch, …, C]   γ: [C]
//
// Layer norm without the mean and without a shift: as good in transformers, and cheaper. The same
// in all modes and for any batch. Source: Zhang & Sennrich 2019, arXiv:1910.07467, eq. 4; the ε
// under the root is PyTorch's place for it.
#pragma once
#include "goodfit/compute/ops/group_norm.hpp"
#include "goodfit/parts/layers/affine.hpp"

namespace goodfit {

struct RmsNorm {
  double eps = 1e-5;
  bool affine = true;

  static constexpr Card card{"rms_norm", "Scales each sample by its root mean square."};
  static constexpr auto fields() {
    return Fields{
        field("eps", &RmsNorm::eps, above(0), "ε: added to the mean square"),
        field("affine", &RmsNorm::affine, "learns a scale γ"),
    };
  }

  Value build(Net& net, Value x) const {
    const Affine learned(net, x.shape().back(), affine, false);
    return goodfit::group_norm(x, learned.gamma, learned.beta,
                               {.eps = eps, .each_position = true, .centred = false});
  }
};

}  // namespace goodfit
