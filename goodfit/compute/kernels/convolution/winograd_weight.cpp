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

// Channels and units of a block: 36 sums for each pair of them stay in a second-level cache.
constexpr Size most_together = 64;

// The gradient of some channels and units: of numbers [taps, channels, units] of a slot.
void weight_block(const Convolution& g, const Images& x, const Images& dy, Size samples,
                  float* slot) {
  const Size all = samples * g.height.winograd_tiles() * g.width.winograd_tiles();
  const Size most = Points::tiles(HWY_MAX(x.channels, dy.channels));
  const Size numbers = x.channels * dy.channels;
  const Points in(x.channels, most), out(dy.channels, most);
  HWY_ALIGN float inputs[Points::floats(Points::near_values)];
  HWY_ALIGN float gradients[Points::floats(Points::near_values)];
  HWY_ALIGN float sums[points * most_together * most_together];
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
    float* const to = slot + channel * g.units;
    each_vector(dy.channels, [&](const auto& at, Size i) HWY_ATTR {
      transform<WeightTransposed>(
          [&](Size row, Size column)
              HWY_ATTR { return at.load(from + (row * points_along + column) * numbers + i); },
          [&](Size row, Size column, V v) HWY_ATTR {
            at.store(v, to + (row * taps_along + column) * g.channels * g.units + i);
          });
    });
  }
}

// Equal parts of channels, in whole vectors.
Size part_of(Size channels) {
  const Size parts = (channels + most_together - 1) / most_together;
  return Points::in_vectors((channels + parts - 1) / parts);
}

void winograd_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                              float* slot) {
  if (samples == 0) return void(std::fill_n(slot, g.weight_floats(), 0.0f));
  const Size channels = part_of(g.channels), units = part_of(g.units);
  for (Size c = 0; c < g.channels; c += channels)
    for (Size u = 0; u < g.units; u += units)
      weight_block(g,
                   {x + c, g.height.in, g.width.in, g.channels, HWY_MIN(channels, g.channels - c)},
                   {dy + u, g.height.out, g.width.out, g.units, HWY_MIN(units, g.units - u)},
                   samples, slot + c * g.units + u);
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(winograd_weight_gradient);

void winograd_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                              float* slot) {
  HWY_DYNAMIC_DISPATCH(winograd_weight_gradient)(g, x, dy, samples, slot);
}

}  // namespace goodfit::kernels
#endif
