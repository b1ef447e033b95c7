// Convolution case: one shape of the benchmark, with its numbers.
#pragma once
#include <algorithm>

#include "bench/kernels/measure.hpp"
#include "goodfit/compute/kernels/convolution/convolution_part.hpp"

namespace goodfit::bench {

enum class Direction { forward, input_gradient, weight_gradient };

// Arguments: channels, height and width, units, taps along an axis, stride, groups.
struct ConvolutionCase {
  kernels::Convolution g;
  Size samples = 16;  // fewer of large ones, so that a call takes some 10 ms at most
  Floats x, weight, y;

  explicit ConvolutionCase(const benchmark::State& state) {
    const Size side = state.range(1), kernel = state.range(3), stride = state.range(4);
    const kernels::ConvolutionAxis axis{.in = side,
                                        .out = (side - 1) / stride + 1,
                                        .kernel = kernel,
                                        .up = stride,
                                        .pad = (kernel - 1) / 2};
    g = {axis, axis, state.range(0), state.range(2), state.range(5)};
    while (samples > 1 && flops() > 2e9) samples /= 2;
    x = Floats(samples * g.input_floats());
    weight = Floats(g.weight_floats());
    y = Floats(samples * g.output_floats());
  }
  double flops() const {
    return 2.0 * double(samples * g.height.out * g.width.out * g.weight_floats());
  }
};

}  // namespace goodfit::bench
