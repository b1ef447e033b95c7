// Convolution region: outputs that see the same taps, in tiles; compiled once per target, included
// by kernel sources alone.
#if defined(GOODFIT_CONVOLUTION_REGION_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_CONVOLUTION_REGION_INL
#undef GOODFIT_CONVOLUTION_REGION_INL
#else
#define GOODFIT_CONVOLUTION_REGION_INL
#endif

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
  const float* bias = nullptr;
  bool relu = false;
  bool resume = false;  // start from y instead of zero
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
  const Size panels = (region.units + panel - 1) / panel;
  const Steps steps(region.taps, outer.count * inner.count * whole.tiles * panels);
  LastBias last_bias;
  for (Size o = 0; o < outer.count; ++o) {
    for (Size begin = 0; begin < inner.count; begin += band) {
      for (Size column = 0; column < region.units; column += panel) {
        const Size columns = HWY_MIN(panel, region.units - column);
        const TileTask task{.a_row = along.a,
                            .b = region.packed + column / panel * region.panel_floats,
                            .c_stride = along.c,
                            .columns = columns,
                            .resume = region.resume,
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

// Outputs that see no tap.
void clear_region(float* y, Size units, const Way& width, const Way& height, const Way& samples) {
  for (Size n = 0; n < samples.count; ++n)
    for (Size o = 0; o < height.count; ++o)
      for (Size q = 0; q < width.count; ++q)
        each_vector(units, [&](const auto& at, Size i) HWY_ATTR {
          at.store(zero(), y + n * samples.c + o * height.c + q * width.c + i);
        });
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
