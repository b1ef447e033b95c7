#include <algorithm>

#include "goodfit/compute/kernels/columns/columns.hpp"
#include "goodfit/compute/kernels/convolution/winograd.hpp"
#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/convolution/winograd_weight.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/convolution/winograd_tile_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

void winograd_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                              float* slot) {
  const Size all = samples * g.height.winograd_tiles() * g.width.winograd_tiles();
  const Size most = Points::tiles(HWY_MAX(g.channels, g.units));
  const Points in(g.channels, most), out(g.units, most);
  HWY_ALIGN float inputs[Points::floats];
  HWY_ALIGN float gradients[Points::floats];
  if (all == 0) std::fill_n(slot, points * g.channels * g.units, 0.0f);
  for (Size first = 0; first < all; first += most) {
    const Size count = HWY_MIN(most, all - first);
    turn_input(g, x, first, count, in, inputs);
    each_tile(g, first, count, [&](Size i, Size sample, Size row, Size column) {
      turn_tile<OutputTransposed>(dy + sample * g.output_floats(), g.height.out, g.width.out,
                                  g.units, row, column, gradients + i * out.row, out.stride);
    });
    for (Size point = 0; point < points; ++point)
      gemm_transposed_a(inputs + point * in.stride, in.row, gradients + point * out.stride, out.row,
                        count, 0, g.channels, g.units, slot + point * g.channels * g.units, g.units,
                        first > 0);
  }
}

void merge_winograd_gradients(const Convolution& g, Size shards, const float* slots, float* weight,
                              Size channel_begin, Size channel_end) {
  constexpr Size taps = taps_along * taps_along;
  const Size slot = points * g.channels * g.units, per_unit = g.channels * taps;
  HWY_ALIGN float sums[points * Convolution::winograd_widest];
  HWY_ALIGN float merged[taps * lanes];
  for (Size c = channel_begin; c < channel_end; ++c) {
    for (Size point = 0; point < points; ++point)
      merge_sums(shards, g.units, slot, slots + (point * g.channels + c) * g.units,
                 sums + point * g.units);
    each_vector(g.units, [&](const auto& at, Size unit) HWY_ATTR {
      transform<WeightTransposed>(
          [&](Size i, Size j)
              HWY_ATTR { return at.load(sums + (i * points_along + j) * g.units + unit); },
          [&](Size r, Size s, V v)
              HWY_ATTR { hn::Store(v, floats, merged + (r * taps_along + s) * lanes); });
      float* to = weight + unit * per_unit + c * taps;
      for (Size k = 0; k < HWY_MIN(lanes, g.units - unit); ++k, to += per_unit)
        for (Size tap = 0; tap < taps; ++tap) to[tap] = merged[tap * lanes + k];
    });
  }
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(winograd_weight_gradient);
HWY_EXPORT(merge_winograd_gradients);

void winograd_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                              float* slot) {
  HWY_DYNAMIC_DISPATCH(winograd_weight_gradient)(g, x, dy, samples, slot);
}
void merge_winograd_gradients(const Convolution& g, Size shards, const float* slots, float* weight,
                              Size channel_begin, Size channel_end) {
  HWY_DYNAMIC_DISPATCH(merge_winograd_gradients)
  (g, shards, slots, weight, channel_begin, channel_end);
}

}  // namespace goodfit::kernels
#endif
