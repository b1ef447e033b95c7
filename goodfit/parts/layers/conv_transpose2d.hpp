// ConvTranspose2d: the convolution the other way, from small images to large ones.
//
//   y[n, i, j, k] = b[k] + Σ W[c, k, r, s] x[n, o, q, c]  over all i = o · stride + r · dilation −
//   pad
//
//   x: [batch, H, W, in]   W: [in, out / groups, kernel height, kernel width]   b: [out]
//   y: [batch, OH, OW, out],  OH = (H − 1) stride − 2 pad + dilation (kernel − 1) + output_padding
//   + 1
//
// For decoders and generators. It is what conv2d does to a gradient. Weights lie on disk as
// PyTorch's ConvTranspose2d, whose fans are those of the tensor: out / groups and in, times the
// window's size. Source: Zeiler et al. 2010, "Deconvolutional Networks", section 3; Dumoulin &
// Visin 2016, arXiv:1603.07285, chapter 4.
#pragma once
#include "goodfit/parts/layers/conv2d.hpp"

namespace goodfit {

struct ConvTranspose2d {
  Size out = 0;
  Extents kernel = 3;
  Extents stride = 1;
  Extents padding = 0;
  Extents output_padding = 0;
  Extents dilation = 1;
  Size groups = 1;
  bool bias = true;
  Initializer init = Automatic{};
  Initializer bias_init = Automatic{};
  std::vector<Parametrization> parametrizations = {};

  static constexpr Card card{"conv_transpose2d", "Filters that paint a larger image."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() {
    using C = ConvTranspose2d;
    return Fields{
        field("out", &C::out, at_least(1), "filters: channels of the output"),
        field("kernel", &C::kernel, window_extent, "size of a filter"),
        field("stride", &C::stride, window_extent, "pixels of the output from input to input"),
        field("padding", &C::padding, window_padding, "pixels cut off around the output"),
        field("output_padding", &C::output_padding, window_padding,
              "pixels more at the end, below the stride"),
        field("dilation", &C::dilation, window_extent, "pixels from tap to tap"),
        field("groups", &C::groups, at_least(1), "parts that see channels of their own"),
        field("bias", &C::bias, bias_text),
        field("init", &C::init, "first values of W"),
        field("bias_init", &C::bias_init, "first values of b"),
        field("parametrizations", &C::parametrizations, parametrizations_text),
    };
  }

  Value build(Net& net, Value x) const {
    x = image_of(x);
    const Size in = x.shape().back(), taps = kernel.numbers[0] * kernel.numbers[1];
    check_groups(groups, in, out);
    const Padding pads(padding.numbers[0], padding.numbers[1]);
    const Windows windows = windows_of(kernel, stride, dilation, pads);
    const Size height = extent(windows.height, x.shape()[1], 0);
    const Size width = extent(windows.width, x.shape()[2], 1);
    const Fan fan{.in = out / groups * taps, .out = in * taps};
    const Shape shape{in, out / groups, kernel.numbers[0], kernel.numbers[1]};
    const Value weight = weight_of(net, "weight", shape, init, fan, parametrizations,
                                   Units::columns_of(shape, groups));
    const Value y = goodfit::conv_transpose2d(x, weight, windows, height, width, groups);
    return with_bias(net, y, bias, bias_init, fan);
  }

 private:
  Size extent(const Window& window, Size in, std::size_t axis) const {
    const Size more = output_padding.numbers[axis];
    if (more >= window.stride)
      fail("output_padding = {} is not allowed: must be below the stride, {}", more, window.stride);
    const Size made = (in - 1) * window.stride + window.extent() + more;
    if (made <= window.before + window.after)
      fail("padding = {} leaves nothing of the {} pixels it makes", window.before, made);
    return made - window.before - window.after;
  }
};

}  // namespace goodfit
