// Average pool: the mean of each window, channel by channel.
//
//   x: [batch, H, W, C] → y: [batch, OH, OW, C],  OH = ⌊(H + 2 padding − kernel) / stride⌋ + 1
//   x: [batch, T, C] → y: [batch, T', C], a sequence
//
// The stride is the kernel unless it is said (0). Padding counts as zeros, as in PyTorch's
// AvgPool2d. Source: LeCun et al. 1998, "Gradient-Based Learning Applied to Document Recognition",
// section II.
#pragma once
#include "goodfit/compute/ops/avg_pool.hpp"
#include "goodfit/parts/layers/layer.hpp"
#include "goodfit/parts/layers/windows.hpp"

namespace goodfit {

struct AvgPool {
  Extents kernel = 2;
  Extents stride = 0;
  Extents padding = 0;

  static constexpr Card card{"avg_pool", "Keeps the mean of each window."};
  static constexpr auto fields() {
    return Fields{
        field("kernel", &AvgPool::kernel, window_extent, "size of a window"),
        field("stride", &AvgPool::stride, window_padding,
              "pixels from window to window; 0: as many as the kernel"),
        field("padding", &AvgPool::padding, window_padding,
              "zeros around the image, at most half of the kernel"),
    };
  }

  Value build(Net&, Value x) const {
    return pooled(x, kernel, stride, padding,
                  [](Value image, const Windows& w) { return goodfit::avg_pool(image, w); });
  }
};

}  // namespace goodfit
