// Conv2d: each output sees a window of the image, by the same weights everywhere.
//
//   y[n, o, q, k] = b[k] + Σ_{r, s, c} W[k, c, r, s] x[n, o · stride + r · dilation − pad, …, c]
//
//   x: [batch, H, W, in]   W: [out, in / groups, kernel height, kernel width]   b: [out]
//   y: [batch, OH, OW, out],  OH = ⌊(H + pads − dilation (kernel − 1) − 1) / stride⌋ + 1
//
// For pictures. Channels come last here; an image without them has one. Weights lie on disk as
// PyTorch's Conv2d. `groups` channels of their own to each part of the units: groups = in = out is
// the depthwise convolution. A flatten after it orders features by pixel, then channel, where
// PyTorch's order is by channel first: weights of a dense layer behind it must be turned around
// when they come from there. Fans as PyTorch's: in / groups and out, times the window's size.
// Source: LeCun et al. 1998, "Gradient-Based Learning Applied to Document Recognition", section II.
#pragma once
#include "goodfit/compute/ops/conv2d.hpp"
#include "goodfit/parts/layers/weight.hpp"
#include "goodfit/parts/layers/windows.hpp"

namespace goodfit {

struct Conv2d {
  Size out = 0;
  Extents kernel = 3;
  Extents stride = 1;
  Padding padding = 0;
  Extents dilation = 1;
  Size groups = 1;
  bool bias = true;
  Initializer init = Automatic{};
  Initializer bias_init = Automatic{};
  std::vector<Parametrization> parametrizations = {};

  static constexpr Card card{"conv2d", "Filters that slide over an image."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() {
    return Fields{
        field("out", &Conv2d::out, at_least(1), "filters: channels of the output"),
        field("kernel", &Conv2d::kernel, window_extent, "size of a filter"),
        field("stride", &Conv2d::stride, window_extent, "pixels from window to window"),
        field("padding", &Conv2d::padding, window_padding, "zeros around the image"),
        field("dilation", &Conv2d::dilation, window_extent, "pixels from tap to tap"),
        field("groups", &Conv2d::groups, at_least(1), "parts that see channels of their own"),
        field("bias", &Conv2d::bias, bias_text),
        field("init", &Conv2d::init, "first values of W"),
        field("bias_init", &Conv2d::bias_init, "first values of b"),
        field("parametrizations", &Conv2d::parametrizations, parametrizations_text),
    };
  }

  Value build(Net& net, Value x) const {
    x = image_of(x);
    const Size in = x.shape().back(), taps = kernel.numbers[0] * kernel.numbers[1];
    check_groups(groups, in, out);
    const Size centre = kernel.numbers[0] / 2 * kernel.numbers[1] + kernel.numbers[1] / 2;
    const Fan fan{.in = in / groups * taps,
                  .out = out * taps,
                  .taps = taps,
                  .centre = centre,
                  .groups = groups};
    const Windows windows = windows_of(kernel, stride, dilation, padding);
    // Before the weights, which a window that is too large would make enormous.
    windows.height.on(x.shape()[1], "height");
    windows.width.on(x.shape()[2], "width");
    const Value weight =
        weight_of(net, "weight", {out, in / groups, kernel.numbers[0], kernel.numbers[1]}, init,
                  fan, parametrizations);
    return with_bias(net, goodfit::conv2d(x, weight, windows, groups), bias, bias_init, fan);
  }
};

}  // namespace goodfit
