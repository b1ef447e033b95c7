#include "goodfit/compute/kernels/convolution/convolution.hpp"

#include <algorithm>

#include "goodfit/compute/kernels/convolution/convolution_segment.hpp"
#include "goodfit/compute/kernels/convolution/winograd.hpp"
#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/convolution/convolution.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "goodfit/compute/kernels/convolution/convolution_taps_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// A way through a region: along its width, its height or the samples.
struct Way {
  Size count, a, c;  // strides of x and y
};

// All rows of one panel.
template <int Vectors>
HWY_INLINE void run_way(const Cut& cut, const TileTask& task, const float* x, float* y,
                        const Taps& taps, const Steps& steps) {
  for (Size tile = 0; tile < cut.tiles; ++tile) {
    const Size rows = cut.rows(tile);
    taps_tile<Vectors>(rows)(task, x, y, taps, steps);
    x += rows * task.a_row;
    y += rows * task.c_stride;
  }
}

struct Region {
  const float* x;  // the first output's first tap
  const float* packed;
  float* y;
  const float* bias;
  bool relu;
  Size units, panel_floats;
  Taps taps;
};

// Tiles run along `along`; the rest is walked so that a panel meets what of x fits a second-level
// cache before the next panel comes.
void walk_region(const Region& region, const Way& along, const Way& inner, const Way& outer) {
  constexpr Size cached = 65536;
  const Size each = HWY_MAX(HWY_MIN(along.count * along.a, inner.a), Size{1});
  const Size band = HWY_MAX(cached / each, Size{1});
  const Cut whole(along.count, highest_tile<2>), narrow(along.count, highest_tile<1>);
  const Steps steps(region.taps);
  LastBias last_bias;
  for (Size o = 0; o < outer.count; ++o) {
    for (Size begin = 0; begin < inner.count; begin += band) {
      for (Size column = 0; column < region.units; column += panel) {
        const Size columns = HWY_MIN(panel, region.units - column);
        const TileTask task{.a_row = along.a,
                            .b = region.packed + column / panel * region.panel_floats,
                            .c_stride = along.c,
                            .columns = columns,
                            .bias = last_bias.of(region.bias, column, columns),
                            .relu = region.relu};
        for (Size i = begin; i < HWY_MIN(begin + band, inner.count); ++i) {
          const float* x = region.x + o * outer.a + i * inner.a;
          float* y = region.y + o * outer.c + i * inner.c + column;
          if (columns <= lanes) {
            run_way<1>(narrow, task, x, y, region.taps, steps);
          } else {
            run_way<2>(whole, task, x, y, region.taps, steps);
          }
        }
      }
    }
  }
}

// Below this many rows a tile cannot hide the latency of its additions.
constexpr Size enough_rows = tile_rows / 2;

void run_region(const Region& region, const Way& width, const Way& height, const Way& samples) {
  if (width.count >= enough_rows || width.count >= HWY_MAX(height.count, samples.count)) {
    walk_region(region, width, height, samples);
  } else if (height.count >= enough_rows || height.count >= samples.count) {
    walk_region(region, height, width, samples);
  } else {
    walk_region(region, samples, width, height);
  }
}

// Outputs that see no tap, as three of four do in the gradient of a convolution that steps by two.
void clear_region(float* y, Size units, const Way& width, const Way& height, const Way& samples) {
  for (Size n = 0; n < samples.count; ++n)
    for (Size o = 0; o < height.count; ++o)
      for (Size q = 0; q < width.count; ++q)
        each_vector(units, [&](const auto& at, Size i) HWY_ATTR {
          at.store(zero(), y + n * samples.c + o * height.c + q * width.c + i);
        });
}

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
      if (taps.down * taps.across == 0 && !bias)
        clear_region(region.y, region.units, width, height, all);
      else
        run_region(region, width, height, all);
    });
  });
}

// Where the weights are larger than what they meet, each panel goes through all regions at once.
void group_product(const Convolution& g, const float* x, const float* packed, Size samples,
                   float* y, const Epilogue& epilogue) {
  const Size units = g.group_units();
  const bool alone = g.weight_floats() > samples * (g.input_floats() + g.output_floats());
  const Size step = alone ? panel : HWY_MAX(units, Size{1});
  for (Size unit = 0; unit < units; unit += step)
    units_product(g, x, packed, samples, y, epilogue, unit, HWY_MIN(unit + step, units));
}

void convolution_packed(const Convolution& g, const float* x, const float* packed, Size samples,
                        float* y, const Epilogue& epilogue) {
  const Size panels = (g.group_units() + panel - 1) / panel;
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
