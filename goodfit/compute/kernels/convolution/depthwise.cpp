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
  Size channels, x_row, w_row;
  Size x_step, y_step;  // from output to output
  Segment h, w;
};

// K outputs; with Across > 0, that many taps across, known to the compiler.
template <Size K, Size Across>
HWY_INLINE void outputs(const DepthwiseRow& row, Size first) {
  const Size across = Across > 0 ? Across : row.w.taps;
  each_vector(row.channels, [&](const auto& at, Size c) HWY_ATTR {
    const float* const x = row.x + first * row.x_step + c;
    V sums[K];
    HWY_UNROLL(8) for (Size k = 0; k < K; ++k) sums[k] = zero();
    for (Size r = 0; r < row.h.taps; ++r) {
      HWY_UNROLL(3) for (Size s = 0; s < across; ++s) {
        const float* from =
            x + r * row.h.tap_input * row.x_row + s * row.w.tap_input * row.channels;
        const V weight = at.load(row.weight + r * row.h.tap_step * row.w_row +
                                 s * row.w.tap_step * row.channels + c);
        HWY_UNROLL(8)
        for (Size k = 0; k < K; ++k)
          sums[k] = hn::MulAdd(at.load(from + k * row.x_step), weight, sums[k]);
      }
    }
    const V bias = row.bias ? at.load(row.bias + c) : zero();
    HWY_UNROLL(8) for (Size k = 0; k < K; ++k) {
      V sum = row.bias ? hn::Add(sums[k], bias) : sums[k];
      if (row.relu) sum = hn::IfThenZeroElse(hn::Lt(sum, zero()), sum);
      at.store(sum, row.y + (first + k) * row.y_step + c);
    }
  });
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
                         .x_step = g.width.up * c,
                         .y_step = g.width.down * c,
                         .h = h,
                         .w = w};
        for (Size o = 0; o < h.count; ++o) {
          Size q = 0;
          for (; q + together <= w.count; q += together) {
            if (w.taps == 3) {
              outputs<together, 3>(row, q);
            } else {
              outputs<together, 0>(row, q);
            }
          }
          for (; q < w.count; ++q) outputs<1, 0>(row, q);
          row.x += g.height.up * x_row;
          row.y += g.height.down * y_row;
        }
      });
    });
  }
}

// Outputs that see tap r of an axis.
struct Seen {
  Size begin, end;
  Seen(const ConvolutionAxis& axis, Size r) : begin(0), end(axis.out) {
    while (begin < end && axis.input(begin, r) < 0) ++begin;
    while (end > begin && axis.input(end - 1, r) < 0) --end;
  }
};

// dw[c] += Σ over `count` outputs side by side, in four chains.
HWY_INLINE void add_outputs(const float* x, Size x_step, const float* dy, Size channels, Size count,
                            float* dw) {
  each_vector(channels, [&](const auto& at, Size c) HWY_ATTR {
    constexpr Size chains = 4;
    V sums[chains];
    HWY_UNROLL(4) for (Size k = 0; k < chains; ++k) sums[k] = zero();
    const float *a = x + c, *b = dy + c;
    Size q = 0;
    for (; q + chains <= count; q += chains, a += chains * x_step, b += chains * channels) {
      HWY_UNROLL(4)
      for (Size k = 0; k < chains; ++k)
        sums[k] = hn::MulAdd(at.load(a + k * x_step), at.load(b + k * channels), sums[k]);
    }
    for (; q < count; ++q, a += x_step, b += channels)
      sums[0] = hn::MulAdd(at.load(a), at.load(b), sums[0]);
    const V sum = hn::Add(hn::Add(sums[0], sums[1]), hn::Add(sums[2], sums[3]));
    at.store(hn::Add(at.load(dw + c), sum), dw + c);
  });
}

// Row by row of the outputs, so that all taps meet them while they are in the first-level cache.
void depthwise_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                               float* dw) {
  const Size c = g.channels, x_row = g.width.in * c, y_row = g.width.out * c;
  std::memset(dw, 0, std::size_t(g.weight_floats()) * sizeof(float));
  for (Size n = 0; n < samples; ++n, x += g.input_floats(), dy += g.output_floats()) {
    for (Size o = 0; o < g.height.out; ++o) {
      for (Size r = 0; r < g.height.kernel; ++r) {
        const Size i = g.height.input(o, r);
        if (i < 0) continue;
        for (Size s = 0; s < g.width.kernel; ++s) {
          const Seen seen(g.width, s);
          if (seen.begin == seen.end) continue;
          add_outputs(x + i * x_row + g.width.input(seen.begin, s) * c, g.width.up * c,
                      dy + o * y_row + seen.begin * c, c, seen.end - seen.begin,
                      dw + (r * g.width.kernel + s) * c);
        }
      }
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(depthwise);
HWY_EXPORT(depthwise_weight_gradient);

void depthwise(const Convolution& g, const float* x, const float* packed, Size samples, float* y,
               const Epilogue& epilogue) {
  HWY_DYNAMIC_DISPATCH(depthwise)(g, x, packed, samples, y, epilogue);
}

void depthwise_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                               float* dw) {
  HWY_DYNAMIC_DISPATCH(depthwise_weight_gradient)(g, x, dy, samples, dw);
}

}  // namespace goodfit::kernels
#endif
