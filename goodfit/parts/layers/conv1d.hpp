// Conv1d: each output sees a window of a sequence, by the same weights everywhere.
//
//   y[n, t, k] = b[k] + Σ_{r, c} W[k, c, r] x[n, t · stride + r · dilation − pad, c]
//
//   x: [batch, T, in]   W: [out, in / groups, kernel]   b: [out]   y: [batch, T', out]
//
// For sound, sensors and texts. Channels come last here; weights lie on disk as PyTorch's Conv1d.
// Source: Waibel et al. 1989, "Phoneme Recognition Using Time-Delay Neural Networks".
#pragma once
#include "goodfit/parts/layers/conv2d.hpp"

namespace goodfit {

struct Conv1d {
  Size out = 0;
  Size kernel = 3;
  Size stride = 1;
  LinePadding padding = 0;
  Size dilation = 1;
  Size groups = 1;
  bool bias = true;
  Initializer init = Automatic{};
  Initializer bias_init = Automatic{};
  std::vector<Parametrization> parametrizations = {};

  static constexpr Card card{"conv1d", "Filters that slide along a sequence."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() {
    return Fields{
        field("out", &Conv1d::out, at_least(1), "filters: channels of the output"),
        field("kernel", &Conv1d::kernel, window_extent, "length of a filter"),
        field("stride", &Conv1d::stride, window_extent, "steps from window to window"),
        field("padding", &Conv1d::padding, window_padding, "zeros before and after"),
        field("dilation", &Conv1d::dilation, window_extent, "steps from tap to tap"),
        field("groups", &Conv1d::groups, at_least(1), "parts that see channels of their own"),
        field("bias", &Conv1d::bias, bias_text),
        field("init", &Conv1d::init, "first values of W"),
        field("bias_init", &Conv1d::bias_init, "first values of b"),
        field("parametrizations", &Conv1d::parametrizations, parametrizations_text),
    };
  }

  Value build(Net& net, Value x) const {
    const Shape sample = x.shape().without_first();
    if (sample.rank() != 2)
      fail("it takes sequences [steps, channels], not samples of shape {}", sample.text());
    const Size in = sample.back();
    check_groups(groups, in, out);
    // A sequence is an image of one row.
    const Windows windows{{}, window_of(kernel, stride, dilation, padding, 0)};
    const Value line = goodfit::reshape(x, {1, sample[0], in});
    windows.width.on(sample[0], "length");
    const Fan fan{.in = in / groups * kernel,
                  .out = out * kernel,
                  .taps = kernel,
                  .centre = kernel / 2,
                  .groups = groups};
    const Value weight =
        weight_of(net, "weight", {out, in / groups, kernel}, init, fan, parametrizations);
    const Value y = goodfit::conv2d(line, weight, windows, groups);
    return with_bias(net, goodfit::reshape(y, {y.shape()[2], out}), bias, bias_init, fan);
  }
};

}  // namespace goodfit
