#include "goodfit/compute/kernels/convolution/convolution.hpp"
#include "goodfit/compute/kernels/convolution/convolution_segment.hpp"
#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/convolution/depthwise.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

// Outputs of one region in a row or a column, all of their channels.
struct DepthwiseLine {
  const float *x, *weight;
  float* y;
  const float* bias;
  bool relu;
  Size three;  // the stride where all see three neighboring taps, or 0
  Size channels, inputs, x_row, w_row, y_row;
  Size count, x_step, y_step;  // from output to output
  Segment h, w;
};

template <Size K, class At>
HWY_INLINE void store(const DepthwiseLine& line, const At& at, Size first, Size c, V (&sums)[K]) {
  if (line.bias) {
    const V bias = at.load(line.bias + c);
    HWY_UNROLL(8) for (Size k = 0; k < K; ++k) sums[k] = hn::Add(sums[k], bias);
  }
  if (line.relu) {
    HWY_UNROLL(8) for (Size k = 0; k < K; ++k) sums[k] = rectified(sums[k]);
  }
  float* to = line.y + first * line.y_step + c;
  HWY_UNROLL(8) for (Size k = 0; k < K; ++k, to += line.y_step) at.store(sums[k], to);
}

// K outputs of any taps.
template <Size K>
HWY_INLINE void any_taps(const DepthwiseLine& line, Size first) {
  each_vector(line.channels, [&](const auto& at, Size c) HWY_ATTR {
    const float* const x = line.x + first * line.x_step + c;
    V sums[K];
    HWY_UNROLL(8) for (Size k = 0; k < K; ++k) sums[k] = zero();
    for (Size r = 0; r < line.h.taps; ++r) {
      for (Size s = 0; s < line.w.taps; ++s) {
        const float* from =
            x + r * line.h.tap_input * line.x_row + s * line.w.tap_input * line.channels;
        const V weight =
            at.load(line.weight + r * line.w_row + s * line.w.tap_step * line.channels + c);
        HWY_UNROLL(8)
        for (Size k = 0; k < K; ++k)
          sums[k] = hn::MulAdd(at.load(from + k * line.x_step), weight, sums[k]);
      }
    }
    store(line, at, first, c, sums);
  });
}

// K outputs of three neighboring taps, `Stride` inputs apart: an input is loaded once for all. One
// that does not exist, before or behind the row, is zero.
template <Size K, Size Stride>
HWY_INLINE void three_taps(const DepthwiseLine& line, Size first) {
  constexpr Size inputs = (K - 1) * Stride + 3;
  const Size begin = first * Stride + line.w.input, next_x = line.x_row * line.h.tap_input;
  const bool no_first = begin < 0;
  const bool no_last = begin + inputs > line.inputs;
  each_vector(line.channels, [&](const auto& at, Size c) HWY_ATTR {
    const float* x = line.x;
    const float* from = line.weight + c;
    V sums[K];
    HWY_UNROLL(8) for (Size k = 0; k < K; ++k) sums[k] = zero();
    for (Size r = 0; r < line.h.taps; ++r, x += next_x, from += line.w_row) {
      const V weights[] = {at.load(from), at.load(from + line.channels),
                           at.load(from + 2 * line.channels)};
      Size here = begin * line.channels + c;
      HWY_UNROLL(17) for (Size j = 0; j < inputs; ++j, here += line.channels) {
        const bool none = (j == 0 && no_first) || (j == inputs - 1 && no_last);
        const V input = none ? zero() : at.load(x + here);
        HWY_UNROLL(8)
        for (Size k = 0; k < K; ++k)
          if (j >= k * Stride && j - k * Stride < 3)
            sums[k] = hn::MulAdd(input, weights[j - k * Stride], sums[k]);
      }
    }
    if (c % 16 == 0) {
      HWY_UNROLL(8) for (Size k = 0; k < K; ++k) {
        fetch<Next::is_read>(x + (begin + 1 + k * Stride) * line.channels + c);
        fetch<Next::is_written>(line.y + (first + k) * line.y_step + line.y_row + c);
      }
    }
    store(line, at, first, c, sums);
  });
}

// Tiles of K outputs. The last begins where it still ends in time: some outputs are computed twice.
template <Size K>
HWY_INLINE void run_tiles(const DepthwiseLine& line) {
  for (Size q = 0; q < line.count; q += K) {
    const Size first = HWY_MIN(q, line.count - K);
    if (line.three == 1)
      three_taps<K, 1>(line, first);
    else if (line.three == 2)
      three_taps<K, 2>(line, first);
    else
      any_taps<K>(line, first);
  }
}

void run_line(const DepthwiseLine& line) {
  if (line.count >= 8) return run_tiles<8>(line);
  if (line.count >= 4) return run_tiles<4>(line);
  for (Size q = 0; q < line.count; ++q) any_taps<1>(line, q);
}

void depthwise(const Convolution& g, const float* x, const float* packed, Size samples, float* y,
               const Epilogue& epilogue) {
  const Size c = g.channels, x_row = g.width.in * c, y_row = g.width.out * c;
  const Size x_down = g.height.up * x_row, y_down = g.height.down * y_row;
  const bool three = g.width.three_in_row();
  for (Size n = 0; n < samples; ++n, x += g.input_floats(), y += g.output_floats()) {
    each_segment(g.height, 0, g.height.out, [&](const Segment& h) HWY_ATTR {
      const auto run = [&](const Segment& w) HWY_ATTR {
        DepthwiseLine line{.x = x + h.input * x_row + (three ? 0 : w.input * c),
                           .weight = packed + (h.tap * g.width.kernel + w.tap) * c,
                           .y = y + h.first * y_row + w.first * c,
                           .bias = epilogue.bias,
                           .relu = epilogue.activation == Epilogue::Activation::relu,
                           .three = three ? g.width.up : 0,
                           .channels = c,
                           .inputs = g.width.in,
                           .x_row = x_row,
                           .w_row = h.tap_step * g.width.kernel * c,
                           .y_row = y_down,
                           .count = w.count,
                           .x_step = g.width.up * c,
                           .y_step = g.width.down * c,
                           .h = h,
                           .w = w};
        // Along the height where the width has too few.
        Size lines = h.count, x_next = x_down, y_next = y_down;
        if (!three && w.count < HWY_MIN(h.count, Size{8})) {
          std::swap(line.count, lines);
          std::swap(line.x_step, x_next);
          std::swap(line.y_step, y_next);
        }
        for (Size o = 0; o < lines; ++o, line.x += x_next, line.y += y_next) run_line(line);
      };
      if (three)
        run({.first = 0, .count = g.width.out, .taps = 3, .input = -g.width.pad, .tap_input = 1});
      else
        each_segment(g.width, 0, g.width.out, run);
    });
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(depthwise);

void depthwise(const Convolution& g, const float* x, const float* packed, Size samples, float* y,
               const Epilogue& epilogue) {
  HWY_DYNAMIC_DISPATCH(depthwise)(g, x, packed, samples, y, epilogue);
}

}  // namespace goodfit::kernels
#endif
