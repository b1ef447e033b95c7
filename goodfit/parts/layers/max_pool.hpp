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

// `pool` of the images or sequences in x; a stride of 0 is the kernel.
template <class Pool>
Value pooled(Value x, const Extents& kernel, const Extents& stride, const Extents& padding,
             const Pool& pool) {
  const auto window = [&](std::size_t axis) {
    const Size size = kernel.numbers[axis], step = stride.numbers[axis];
    return window_of(size, step > 0 ? step : size, 1, Padding(padding.numbers[axis]), axis);
  };
  const Shape sample = x.shape().without_first();
  if (sample.rank() == 3) return pool(x, Windows{window(0), window(1)});
  if (sample.rank() != 2)
    fail(
        "it takes images [height, width, channels] or sequences [steps, channels], not samples of "
        "shape {}",
        sample.text());
  const Value y = pool(goodfit::reshape(x, {sample[0], 1, sample[1]}), Windows{window(0), {}});
  return goodfit::reshape(y, {y.shape()[1], sample[1]});
}

struct MaxPool {
  Extents kernel = 2;
  Extents stride = 0;
  Extents padding = 0;

  static constexpr Card card{"max_pool", "Keeps the largest number of each window."};
  static constexpr auto fields() {
    return std::tuple{
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
