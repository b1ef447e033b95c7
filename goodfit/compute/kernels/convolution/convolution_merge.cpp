#include "goodfit/compute/kernels/columns/columns.hpp"
#include "goodfit/compute/kernels/convolution/convolution_part.hpp"
#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/convolution/convolution_merge.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "goodfit/compute/kernels/gemm/gemm_strip_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// The numbers of a unit lie `per_unit` floats behind those of the one before it.
void merge_slots(const Convolution& g, Size shards, const float* slots, float* weight,
                 Size per_unit, Size channel_begin, Size channel_end) {
  // Some numbers of some units at once: they lie side by side in the weight, and units in a slot.
  // What is read next and what is written then is far apart, so it is asked for in time.
  constexpr Size numbers = 16, together = 512;
  const Size channels = g.group_channels(), taps = g.taps();
  HWY_ALIGN float sums[numbers * together];
  for (Size first = channel_begin * taps; first < channel_end * taps; first += numbers) {
    const Size here = HWY_MIN(numbers, channel_end * taps - first);
    for (Size unit = 0; unit < g.units; unit += together) {
      const Size count = HWY_MIN(together, g.units - unit);
      float* to = weight + unit * per_unit + first;
      const auto from = [&](Size number) {
        return slots + (number % taps * channels + number / taps) * g.units + unit;
      };
      for (Size i = 0; i < here; ++i) {
        fetch_row<Next::is_read>(from(first + i + 1), count);
        for (Size u = i * count / here; u < (i + 1) * count / here; ++u)
          fetch_row<Next::is_read>(to + u * per_unit, numbers);
        merge_sums(shards, count, g.weight_floats(), from(first + i), sums + i * together);
      }
      // A few units at once: lines of many would throw each other out.
      for (Size u = 0; u < count; u += quad)
        transpose(sums + u, together, here, HWY_MIN(quad, count - u), to + u * per_unit, per_unit);
    }
  }
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(merge_slots);

void merge_convolution_gradients(const Convolution& g, Size shards, const float* slots,
                                 float* weight, Size channel_begin, Size channel_end) {
  HWY_DYNAMIC_DISPATCH(merge_slots)
  (g, shards, slots, weight, g.group_channels() * g.taps(), channel_begin, channel_end);
}

void store_convolution_part(const Convolution& g, const ConvolutionPart& part, const float* sums,
                            float* weight) {
  const Convolution alone{g.height, g.width, part.channels, part.units};
  const Size per_unit = g.channels * g.taps();
  float* const to = weight + part.unit * per_unit + part.channel * g.taps();
  HWY_DYNAMIC_DISPATCH(merge_slots)(alone, 1, sums, to, per_unit, 0, part.channels);
}

}  // namespace goodfit::kernels
#endif
