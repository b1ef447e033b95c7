// Layer norm: y = γ (x − μ) / √(σ² + ε) + β, for each sample over its last axis.
//
//   x, y: [batch, …, C]   γ, β: [C]
//
// The same in all modes and for any batch; the normalization of recurrent nets and transformers.
// Source: Ba, Kiros & Hinton 2016, arXiv:1607.06450, eq. 3.
#pragma once
#include "goodfit/compute/ops/layer_norm.hpp"
#include "goodfit/parts/layers/affine.hpp"

namespace goodfit {

struct LayerNorm {
  double eps = 1e-5;
  bool affine = true;

  static constexpr Card card{"layer_norm", "Normalizes each sample over its features."};
  static constexpr auto fields() {
    return Fields{
        field("eps", &LayerNorm::eps, above(0), "ε: added to the variance"),
        field("affine", &LayerNorm::affine, "learns a scale γ and a shift β"),
    };
  }

  Value build(Net& net, Value x) const {
    const Size channels = x.shape().back();
    if (channels < 2) fail("a sample of one feature has no variance");
    const Affine learned(net, channels, affine);
    return goodfit::layer_norm(x, learned.gamma, learned.beta, eps);
  }
};

}  // namespace goodfit
