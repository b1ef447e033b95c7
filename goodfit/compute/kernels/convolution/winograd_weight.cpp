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

void winograd_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                              float* slot) {
  const Size all = samples * g.height.winograd_tiles() * g.width.winograd_tiles();
  const Size most = Points::tiles(HWY_MAX(g.channels, g.units)), numbers = g.channels * g.units;
  const Points in(g.channels, most), out(g.units, most);
  HWY_ALIGN float inputs[Points::floats];
  HWY_ALIGN float gradients[Points::floats];
  HWY_ALIGN float sums[points * Convolution::winograd_most_weights];
  if (all == 0) return void(std::fill_n(slot, g.weight_floats(), 0.0f));
  for (Size first = 0; first < all; first += most) {
    const Size count = HWY_MIN(most, all - first);
    turn_input(g, x, first, count, in, inputs);
    each_tile(g, first, count, [&](Size i, Size sample, Size row, Size column) {
      turn_tile<OutputTransposed>(dy + sample * g.output_floats(), g.height.out, g.width.out,
                                  g.units, row, column, gradients + i * out.row, out.stride);
    });
    for (Size point = 0; point < points; ++point)
      gemm_transposed_a(inputs + point * in.stride, in.row, gradients + point * out.stride, out.row,
                        count, 0, g.channels, g.units, sums + point * numbers, g.units, first > 0);
  }
  each_vector(numbers, [&](const auto& at, Size i) HWY_ATTR {
    transform<WeightTransposed>(
        [&](Size row, Size column)
            HWY_ATTR { return at.load(sums + (row * points_along + column) * numbers + i); },
        [&](Size row, Size column, V v)
            HWY_ATTR { at.store(v, slot + (row * taps_along + column) * numbers + i); });
  });
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
