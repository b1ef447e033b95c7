#include "goodfit/compute/kernels/convolution/convolution.hpp"

#include <algorithm>

#include "goodfit/compute/kernels/convolution/convolution_segment.hpp"
#include "goodfit/compute/kernels/convolution/winograd.hpp"
#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/convolution/convolution.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "goodfit/compute/kernels/convolution/convolution_region_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// Whether most outputs see no tap, as three of four do in the gradient of a single tap that steps
// by two. They are cleared with all others in one go.
bool sparse(const Convolution& g) { return g.taps() == 1 && g.height.down * g.width.down > 1; }

// Units [begin, end) of a group.
void units_product(const Convolution& g, const float* x, const float* packed, Size samples,
                   float* y, const Epilogue& epilogue, Size begin, Size end) {
  const ConvolutionAxis &down = g.height, &across = g.width;
  const Size channels = g.group_channels(), row = across.in * g.channels;
  const Size y_row = across.out * g.units, tap = channels * panel;
  const Size panel_floats = g.taps() * tap;
  packed += begin / panel * panel_floats;
  y += begin;
  const float* bias = epilogue.bias ? epilogue.bias + begin : nullptr;
  const Way all{samples, g.input_floats(), g.output_floats()};
  each_segment(down, 0, down.out, [&](const Segment& h) {
    each_segment(across, 0, across.out, [&](const Segment& w) {
      Taps taps{.down = h.taps,
                .across = w.taps,
                .length = channels,
                .a_down = h.tap_input * row,
                .a_across = w.tap_input * g.channels,
                .b_down = h.tap_step * across.kernel * tap,
                .b_across = w.tap_step * tap};
      if (g.groups == 1 && w.tap_input == 1 && w.tap_step == 1) {
        taps.length *= taps.across;  // they lie side by side
        taps.across = 1;
      }
      const Region region{.x = x + h.input * row + w.input * g.channels,
                          .packed = packed + (h.tap * across.kernel + w.tap) * tap,
                          .y = y + h.first * y_row + w.first * g.units,
                          .bias = bias,
                          .relu = epilogue.activation == Epilogue::Activation::relu,
                          .units = end - begin,
                          .panel_floats = panel_floats,
                          .taps = taps};
      const Way width{w.count, across.up * g.channels, across.down * g.units};
      const Way height{h.count, down.up * row, down.down * y_row};
      if (taps.down * taps.across == 0 && !bias) {
        if (!sparse(g)) clear_region(region.y, region.units, width, height, all);
      } else {
        run_region(region, width, height, all);
      }
    });
  });
}

// Bias and relu of `columns` units, once their sums are whole.
void finish_outputs(float* y, Size outputs, Size stride, Size columns, const float* bias,
                    bool relu) {
  if (!bias && !relu) return;
  for (Size o = 0; o < outputs; ++o, y += stride)
    each_vector(columns, [&](const auto& at, Size i) HWY_ATTR {
      V value = at.load(y + i);
      if (bias) value = hn::Add(value, at.load(bias + i));
      if (relu) value = hn::IfThenZeroElse(hn::Lt(value, zero()), value);
      at.store(value, y + i);
    });
}

// Units [begin, end), one panel at most, tap by tap.
void panel_by_taps(const Convolution& g, const float* x, const float* packed, Size samples,
                   float* y, const Epilogue& epilogue, Size begin, Size end) {
  const ConvolutionAxis &down = g.height, &across = g.width;
  const Size channels = g.group_channels(), row = across.in * g.channels;
  const Size y_row = across.out * g.units, tap = channels * panel;
  packed += begin / panel * g.taps() * tap;
  y += begin;
  Way all{samples, g.input_floats(), g.output_floats()};
  Way height{down.out, down.up * row, y_row}, width{across.out, across.up * g.channels, g.units};
  clear_region(y, end - begin, width, height, all);
  for (Size r = 0; r < down.kernel; ++r) {
    const Met h = outputs_met(down, r, 0, down.out);
    for (Size s = 0; s < across.kernel; ++s, packed += tap) {
      const Met w = outputs_met(across, s, 0, across.out);
      height.count = h.count, width.count = w.count;
      run_region({.x = x + h.input * row + w.input * g.channels,
                  .packed = packed,
                  .y = y + h.first * y_row + w.first * g.units,
                  .resume = true,
                  .units = end - begin,
                  .panel_floats = tap,
                  .taps = {.down = 1, .across = 1, .length = channels}},
                 width, height, all);
    }
  }
  finish_outputs(y, samples * g.pixels(), g.units, end - begin,
                 epilogue.bias ? epilogue.bias + begin : nullptr,
                 epilogue.activation == Epilogue::Activation::relu);
}

// Floats of a panel, 1 MiB, that no second-level cache holds: what would come again for each tile
// comes tap by tap. A panel of a tap must be long for the sums that are put aside.
constexpr Size near_panel = 1 << 18, long_tap = 64;

bool tap_by_tap(const Convolution& g) {
  const Size channels = g.group_channels();
  return g.height.down == 1 && g.width.down == 1 && channels >= long_tap &&
         g.taps() * channels * panel > near_panel;
}

// Where the weights are larger than what they meet, each panel goes through all regions at once.
void group_product(const Convolution& g, const float* x, const float* packed, Size samples,
                   float* y, const Epilogue& epilogue) {
  const Size units = g.group_units();
  const bool alone = g.weight_floats() > samples * (g.input_floats() + g.output_floats());
  const Size step = alone || tap_by_tap(g) ? panel : HWY_MAX(units, Size{1});
  const auto product = tap_by_tap(g) ? panel_by_taps : units_product;
  for (Size unit = 0; unit < units; unit += step)
    product(g, x, packed, samples, y, epilogue, unit, HWY_MIN(unit + step, units));
}

void convolution_packed(const Convolution& g, const float* x, const float* packed, Size samples,
                        float* y, const Epilogue& epilogue) {
  const Size panels = (g.group_units() + panel - 1) / panel;
  if (sparse(g) && !epilogue.bias) std::fill_n(y, samples * g.output_floats(), 0.0f);
  for (Size group = 0; group < g.groups; ++group) {
    Epilogue own = epilogue;
    if (own.bias) own.bias += group * g.group_units();
    group_product(g, x + group * g.group_channels(),
                  packed + group * panels * panel * g.taps() * g.group_channels(), samples,
                  y + group * g.group_units(), own);
  }
}

void pack_convolution(const Convolution& g, const float* weight, float* packed, Size panel_begin,
                      Size panel_end) {
  const Size channels = g.group_channels(), units = g.group_units(), taps = g.taps();
  const Size panels = (units + panel - 1) / panel;
  // Steps in the weight from unit to unit and from channel to channel.
  const Size per_unit = g.flipped ? taps : channels * taps;
  const Size per_channel = g.flipped ? units * taps : taps;
  for (Size p = panel_begin; p < panel_end; ++p) {
    const Size unit = p % panels * panel, columns = HWY_MIN(panel, units - unit);
    const float* from = weight + p / panels * units * channels * taps + unit * per_unit;
    float* to = packed + p * panel * taps * channels;
    for (Size c = 0; c < channels; ++c) {
      for (Size tap = 0; tap < taps; ++tap) {
        const float* one = from + c * per_channel + (g.flipped ? taps - 1 - tap : tap);
        float* row = to + (tap * channels + c) * panel;
        for (Size i = 0; i < columns; ++i) row[i] = one[i * per_unit];
        for (Size i = columns; i < panel; ++i) row[i] = 0.0f;
      }
    }
  }
}

Size panel_width() { return panel; }

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(convolution_packed);
HWY_EXPORT(pack_convolution);
HWY_EXPORT(panel_width);

Size convolution_panels(const Convolution& g) {
  const Size width = HWY_DYNAMIC_DISPATCH(panel_width)();
  return g.depthwise() ? 1 : g.groups * ((g.group_units() + width - 1) / width);
}

Size convolution_packed_floats(const Convolution& g) {
  if (g.depthwise()) return g.weight_floats();
  if (g.winograd()) return winograd_packed_floats(g);
  if (g.pointwise()) return packed_floats(g.channels, g.units);
  return convolution_panels(g) * HWY_DYNAMIC_DISPATCH(panel_width)() * g.taps() *
         g.group_channels();
}

void pack_convolution(const Convolution& g, const float* weight, float* packed, Size panel_begin,
                      Size panel_end) {
  if (g.winograd()) return pack_winograd(g, weight, packed, panel_begin, panel_end);
  if (g.pointwise())
    return pack_panels(weight, g.channels, g.units, g.flipped ? g.units : g.channels, !g.flipped,
                       packed, panel_begin, panel_end);
  if (!g.depthwise())
    return HWY_DYNAMIC_DISPATCH(pack_convolution)(g, weight, packed, panel_begin, panel_end);
  const Size taps = g.taps();
  for (Size tap = 0; panel_begin < panel_end && tap < taps; ++tap)
    for (Size c = 0; c < g.channels; ++c)
      packed[tap * g.channels + c] = weight[c * taps + (g.flipped ? taps - 1 - tap : tap)];
}

void convolution_packed(const Convolution& g, const float* x, const float* packed, Size samples,
                        float* y, const Epilogue& epilogue) {
  if (g.depthwise()) return depthwise(g, x, packed, samples, y, epilogue);
  if (g.winograd()) return winograd(g, x, packed, samples, y, epilogue);
  if (g.pointwise())
    return gemm_packed(x, g.channels, packed, samples * g.pixels(), g.channels, g.units, y, g.units,
                       epilogue);
  HWY_DYNAMIC_DISPATCH(convolution_packed)(g, x, packed, samples, y, epilogue);
}

}  // namespace goodfit::kernels
#endif
