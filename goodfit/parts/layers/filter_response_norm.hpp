// Filter response norm: y = max(γ x / √(ν² + ε) + β, τ), with ν² the mean of x² over the positions
// of each sample and channel.
//
//   x, y: [batch, …, C]   γ, β, τ: [C]
//
// No mean is taken out and no batch is looked at; the learned threshold τ (TLU) stands in for a
// relu, so put none after it. ε is fixed: the paper learns it only where an image is a single
// pixel, which is refused here. Source: Singh & Krishnan 2019, arXiv:1911.09737, eq. 1–3.
#pragma once
#include "goodfit/compute/ops/group_norm.hpp"
#include "goodfit/compute/ops/max_row.hpp"
#include "goodfit/parts/layers/affine.hpp"

namespace goodfit {

struct FilterResponseNorm {
  double eps = 1e-6;
  bool threshold = true;

  static constexpr Card card{"filter_response_norm",
                             "Scales each channel of each sample, with a learned threshold."};
  static constexpr auto fields() {
    return Fields{
        field("eps", &FilterResponseNorm::eps, above(0), "ε: added to the mean square ν²"),
        field("threshold", &FilterResponseNorm::threshold,
              "ends in max(y, τ), the thresholded linear unit"),
    };
  }

  Value build(Net& net, Value x) const {
    const Size channels = x.shape().back();
    if (x.shape().row() == channels)
      fail("of one position only the sign would be left: it is for images and sequences");
    const Affine learned(net, channels, true);
    const Value y = goodfit::group_norm(x, learned.gamma, learned.beta,
                                        {.eps = eps, .groups = channels, .centred = false});
    if (!threshold) return y;
    return goodfit::max_row(y, net.bias("threshold", {channels}, Constant{.value = 0}, {}));
  }
};

}  // namespace goodfit
