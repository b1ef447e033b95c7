// Max pool: the largest number of each window, channel by channel.
//
//   x: [batch, H, W, C] → y: [batch, OH, OW, C],  OH = ⌊(H + 2 padding − kernel) / stride⌋ + 1
//   x: [batch, T, C] → y: [batch, T', C], a sequence
//
// Makes images smaller and the net less sensitive to where a thing is. The stride is the kernel
// unless it is said (0). Padding never wins; of equal numbers the first gets the gradient.
// Source: as PyTorch's MaxPool2d; Jarrett et al. 2009, "What is the Best Multi-Stage Architecture
// for Object Recognition?", section 2.1.
#pragma once
#include "goodfit/compute/ops/max_pool.hpp"
#include "goodfit/parts/layers/layer.hpp"
#include "goodfit/parts/layers/windows.hpp"

namespace goodfit {

struct MaxPool {
  Extents kernel = 2;
  Extents stride = 0;
  Extents padding = 0;

  static constexpr Card card{"max_pool", "Keeps the largest number of each window."};
  static constexpr auto fields() {
    return Fields{
        field("kernel", &MaxPool::kernel, window_extent, "size of a window"),
        field("stride", &MaxPool::stride, window_padding,
              "pixels from window to window; 0: as many as the kernel"),
        field("padding", &MaxPool::padding, window_padding,
              "pixels around the image, at most half of the kernel"),
    };
  }

  Value build(Net&, Value x) const {
    return pooled(x, kernel, stride, padding,
                  [](Value image, const Windows& w) { return goodfit::max_pool(image, w); });
  }
};

}  // namespace goodfit
