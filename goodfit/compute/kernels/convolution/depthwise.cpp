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

// Outputs side by side that share the loads of their weights.
constexpr Size together = 8;

// A row of outputs in one region, all of their channels.
struct DepthwiseRow {
  const float *x, *weight;
  float* y;
  const float* bias;
  bool relu;
  Size channels, x_row, w_row, y_row;
  Size x_step, y_step;  // from output to output
  Segment h, w;
};

template <Size K, class At>
HWY_INLINE void store(const DepthwiseRow& row, const At& at, Size first, Size c,
                      const V (&sums)[K]) {
  const V bias = row.bias ? at.load(row.bias + c) : zero();
  HWY_UNROLL(8) for (Size k = 0; k < K; ++k) {
    V sum = row.bias ? hn::Add(sums[k], bias) : sums[k];
    if (row.relu) sum = hn::IfThenZeroElse(hn::Lt(sum, zero()), sum);
    at.store(sum, row.y + (first + k) * row.y_step + c);
  }
}

// K outputs of any taps.
template <Size K>
HWY_INLINE void any_taps(const DepthwiseRow& row, Size first) {
  each_vector(row.channels, [&](const auto& at, Size c) HWY_ATTR {
    const float* const x = row.x + first * row.x_step + c;
    V sums[K];
    HWY_UNROLL(8) for (Size k = 0; k < K; ++k) sums[k] = zero();
    for (Size r = 0; r < row.h.taps; ++r) {
      for (Size s = 0; s < row.w.taps; ++s) {
        const float* from =
            x + r * row.h.tap_input * row.x_row + s * row.w.tap_input * row.channels;
        const V weight = at.load(row.weight + r * row.h.tap_step * row.w_row +
                                 s * row.w.tap_step * row.channels + c);
        HWY_UNROLL(8)
        for (Size k = 0; k < K; ++k)
          sums[k] = hn::MulAdd(at.load(from + k * row.x_step), weight, sums[k]);
      }
    }
    store(row, at, first, c, sums);
  });
}

// K outputs of three neighboring taps, `Stride` inputs apart: an input is loaded once for all.
template <Size K, Size Stride>
HWY_INLINE void three_taps(const DepthwiseRow& row, Size first) {
  constexpr Size inputs = (K - 1) * Stride + 3;
  each_vector(row.channels, [&](const auto& at, Size c) HWY_ATTR {
    const float* x = row.x + first * row.x_step + c;
    const float* from = row.weight + c;
    V sums[K];
    HWY_UNROLL(8) for (Size k = 0; k < K; ++k) sums[k] = zero();
    for (Size r = 0; r < row.h.taps; ++r) {
      const V weights[] = {at.load(from), at.load(from + row.channels),
                           at.load(from + 2 * row.channels)};
      HWY_UNROLL(17) for (Size j = 0; j < inputs; ++j) {
        const V input = at.load(x + j * row.channels);
        HWY_UNROLL(8)
        for (Size k = 0; k < K; ++k)
          if (j >= k * Stride && j - k * Stride < 3)
            sums[k] = hn::MulAdd(input, weights[j - k * Stride], sums[k]);
      }
      x += row.h.tap_input * row.x_row;
      from += row.h.tap_step * row.w_row;
    }
    HWY_UNROLL(8) for (Size k = 0; k < K; ++k) {
      fetch<Next::is_read>(x + k * row.x_step);
      fetch<Next::is_written>(row.y + (first + k) * row.y_step + row.y_row + c);
    }
    store(row, at, first, c, sums);
  });
}

template <Size Stride>
HWY_INLINE void row_of_three_taps(const DepthwiseRow& row) {
  Size q = 0;
  for (; q + 8 <= row.w.count; q += 8) three_taps<8, Stride>(row, q);
  for (; q + 2 <= row.w.count; q += 2) three_taps<2, Stride>(row, q);
  if (q < row.w.count) three_taps<1, Stride>(row, q);
}

HWY_INLINE void row_of_any_taps(const DepthwiseRow& row) {
  Size q = 0;
  for (; q + together <= row.w.count; q += together) any_taps<together>(row, q);
  for (; q < row.w.count; ++q) any_taps<1>(row, q);
}

void depthwise(const Convolution& g, const float* x, const float* packed, Size samples, float* y,
               const Epilogue& epilogue) {
  const Size c = g.channels, x_row = g.width.in * c, y_row = g.width.out * c;
  for (Size n = 0; n < samples; ++n, x += g.input_floats(), y += g.output_floats()) {
    each_segment(g.height, 0, g.height.out, [&](const Segment& h) HWY_ATTR {
      each_segment(g.width, 0, g.width.out, [&](const Segment& w) HWY_ATTR {
        DepthwiseRow row{.x = x + h.input * x_row + w.input * c,
                         .weight = packed + (h.tap * g.width.kernel + w.tap) * c,
                         .y = y + h.first * y_row + w.first * c,
                         .bias = epilogue.bias,
                         .relu = epilogue.activation == Epilogue::Activation::relu,
                         .channels = c,
                         .x_row = x_row,
                         .w_row = g.width.kernel * c,
                         .y_row = g.height.down * y_row,
                         .x_step = g.width.up * c,
                         .y_step = g.width.down * c,
                         .h = h,
                         .w = w};
        const bool three = w.taps == 3 && w.tap_input == 1 && w.tap_step == 1;
        for (Size o = 0; o < h.count; ++o) {
          if (three && row.x_step == c)
            row_of_three_taps<1>(row);
          else if (three && row.x_step == 2 * c)
            row_of_three_taps<2>(row);
          else
            row_of_any_taps(row);
          row.x += g.height.up * x_row;
          row.y += g.height.down * y_row;
        }
      });
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
