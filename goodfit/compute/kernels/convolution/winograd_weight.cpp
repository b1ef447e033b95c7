#include <algorithm>

#include "goodfit/compute/kernels/convolution/winograd.hpp"
#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/convolution/winograd_weight.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/convolution/winograd_tile_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// Into numbers [taps, channels, units], so many floats from a tap or channel to the next.
void sum_part(const Convolution& g, const float* all_x, const float* all_dy, Size samples,
              const ConvolutionPart& part, float* to, Size tap_stride, Size channel_stride) {
  const Images x{all_x + part.channel, g.height.in, g.width.in, g.channels, part.channels};
  const Images dy{all_dy + part.unit, g.height.out, g.width.out, g.units, part.units};
  const Size all = samples * g.height.winograd_tiles() * g.width.winograd_tiles();
  const Size most = Points::tiles(HWY_MAX(x.channels, dy.channels));
  const Size numbers = x.channels * dy.channels;
  const Points in(x.channels, most), out(dy.channels, most);
  HWY_ALIGN float inputs[Points::floats(Points::near_values)];
  HWY_ALIGN float gradients[Points::floats(Points::near_values)];
  HWY_ALIGN float sums[points * winograd_part * winograd_part];
  if (all == 0) std::fill_n(sums, points * numbers, 0.0f);
  for (Size first = 0; first < all; first += most) {
    const Size count = HWY_MIN(most, all - first);
    turn_input(g, x, first, count, in, inputs);
    each_tile(g, first, count, [&](Size i, Size sample, Size row, Size column) {
      turn_tile<OutputTransposed>(dy, sample, row, column, gradients + i * out.row, out.stride);
    });
    for (Size point = 0; point < points; ++point)
      gemm_transposed_a(inputs + point * in.stride, in.row, gradients + point * out.stride, out.row,
                        count, 0, x.channels, dy.channels, sums + point * numbers, dy.channels,
                        first > 0);
  }
  for (Size channel = 0; channel < x.channels; ++channel) {
    const float* const from = sums + channel * dy.channels;
    each_vector(dy.channels, [&](const auto& at, Size i) HWY_ATTR {
      transform<WeightTransposed>(
          [&](Size row, Size column)
              HWY_ATTR { return at.load(from + (row * points_along + column) * numbers + i); },
          [&](Size row, Size column, V v)
              HWY_ATTR { at.store(v, to + (row * taps_along + column) * tap_stride + i); });
    });
    to += channel_stride;
  }
}

void winograd_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                              float* slot) {
  for (Size index = 0; index < convolution_parts(g); ++index) {
    const ConvolutionPart part = convolution_part(g, index);
    sum_part(g, x, dy, samples, part, slot + part.channel * g.units + part.unit,
             g.channels * g.units, g.units);
  }
}

void sum_winograd_part(const Convolution& g, const float* x, const float* dy, Size samples,
                       const ConvolutionPart& part, float* sums) {
  sum_part(g, x, dy, samples, part, sums, part.channels * part.units, part.units);
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(winograd_weight_gradient);
HWY_EXPORT(sum_winograd_part);

void winograd_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                              float* slot) {
  HWY_DYNAMIC_DISPATCH(winograd_weight_gradient)(g, x, dy, samples, slot);
}

void sum_winograd_part(const Convolution& g, const float* x, const float* dy, Size samples,
                       const ConvolutionPart& part, float* sums) {
  HWY_DYNAMIC_DISPATCH(sum_winograd_part)(g, x, dy, samples, part, sums);
}

}  // namespace goodfit::kernels
#endif
