#include "goodfit/compute/kernels/convolution/winograd.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/convolution/winograd.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/convolution/winograd_tile_inl.hpp"
#include "goodfit/compute/kernels/gemm/gemm_tile_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// As a product leaves them, [points, tiles, panel]; the outputs go to y, as far as they exist.
HWY_NOINLINE void output_tile(const Convolution& g, const float* products, Size stride,
                              Size columns, const Epilogue& epilogue, Size row, Size column,
                              float* y) {
  const Size down = HWY_MIN(outputs_along, g.height.out - row);
  const Size across = HWY_MIN(outputs_along, g.width.out - column);
  const bool relu = epilogue.activation == Epilogue::Activation::relu;
  y += (row * g.width.out + column) * g.units;
  each_vector(columns, [&](const auto& at, Size c) HWY_ATTR {
    const V bias = epilogue.bias ? at.load(epilogue.bias + c) : zero();
    transform<OutputTransform>(
        [&](Size i, Size j)
            HWY_ATTR { return hn::LoadU(floats, products + (i * points_along + j) * stride + c); },
        [&](Size i, Size j, V v) HWY_ATTR {
          if (i >= down || j >= across) return;
          v = hn::Add(v, bias);
          float* const to = y + (i * g.width.out + j) * g.units + c;
          fetch<Next::is_written>(to + outputs_along * g.units);  // the tile to the right is next
          at.store(relu ? rectified(v) : v, to);
        });
  });
}

// More channels than this have weights that no cache keeps. So many tiles share them that a core
// computes for longer than it reads, and none is left with few.
constexpr Size near_channels = 256;
constexpr Size far_values = 32 * points * Convolution::winograd_most_channels;
Size tiles_together(Size channels, Size all) {
  if (channels <= near_channels) return Points::tiles(channels);
  const Size most = Points::tiles(channels, far_values), parts = (all + most - 1) / most;
  return (all + parts - 1) / HWY_MAX(parts, Size{1});
}

void winograd(const Convolution& g, const float* x, const float* packed, Size samples, float* y,
              const Epilogue& epilogue) {
  const Size all = samples * g.height.winograd_tiles() * g.width.winograd_tiles();
  const Size most = tiles_together(g.channels, all);
  const Images images{x, g.height.in, g.width.in, g.channels, g.channels};
  const Points in(g.channels, most), out(panel, most);
  HWY_ALIGN float inputs[Points::floats(far_values)];
  HWY_ALIGN float products[points * (Points::most_tiles * panel + Points::line)];
  for (Size first = 0; first < all; first += most) {
    const Size count = HWY_MIN(most, all - first);
    turn_input(g, images, first, count, in, inputs);
    for (Size unit = 0; unit < g.units; unit += panel) {
      const Size columns = HWY_MIN(panel, g.units - unit);
      for (Size point = 0; point < points; ++point)
        run_panel({.a_row = in.row,
                   .b = packed + (unit * points + point * panel) * g.channels,
                   .k = g.channels,
                   .c_stride = panel,
                   .columns = columns},
                  inputs + point * in.stride, products + point * out.stride, count);
      const Epilogue here{epilogue.bias ? epilogue.bias + unit : nullptr, epilogue.activation};
      each_tile(g, first, count, [&](Size i, Size sample, Size row, Size column) {
        output_tile(g, products + i * panel, out.stride, columns, here, row, column,
                    y + sample * g.output_floats() + unit);
      });
    }
  }
}

// packed: [panels, points, channels, panel]
void pack_winograd(const Convolution& g, const float* weight, float* packed, Size panel_begin,
                   Size panel_end) {
  constexpr Size taps = taps_along * taps_along;
  const Size per_unit = g.flipped ? taps : g.channels * taps;
  const Size per_channel = g.flipped ? g.units * taps : taps;
  for (Size p = panel_begin; p < panel_end; ++p) {
    HWY_ALIGN float side_by_side[taps * panel] = {};
    const Size unit = p * panel, columns = HWY_MIN(panel, g.units - unit);
    for (Size c = 0; c < g.channels; ++c) {
      const float* from = weight + unit * per_unit + c * per_channel;
      for (Size i = 0; i < columns; ++i)
        for (Size tap = 0; tap < taps; ++tap)
          side_by_side[tap * panel + i] = from[i * per_unit + (g.flipped ? taps - 1 - tap : tap)];
      for (Size v = 0; v < panel; v += lanes)
        transform<WeightTransform>(
            [&](Size r, Size s) HWY_ATTR {
              return hn::Load(floats, side_by_side + (r * taps_along + s) * panel + v);
            },
            [&](Size i, Size j, V value) HWY_ATTR {
              const Size point = i * points_along + j;
              hn::StoreU(value, floats,
                         packed + (unit * points + point * panel) * g.channels + c * panel + v);
            });
    }
  }
}

Size winograd_packed_floats(const Convolution& g) {
  return (g.units + panel - 1) / panel * panel * points * g.channels;
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(winograd);
HWY_EXPORT(pack_winograd);
HWY_EXPORT(winograd_packed_floats);

Size winograd_packed_floats(const Convolution& g) {
  return HWY_DYNAMIC_DISPATCH(winograd_packed_floats)(g);
}
void pack_winograd(const Convolution& g, const float* weight, float* packed, Size panel_begin,
                   Size panel_end) {
  HWY_DYNAMIC_DISPATCH(pack_winograd)(g, weight, packed, panel_begin, panel_end);
}
void winograd(const Convolution& g, const float* x, const float* packed, Size samples, float* y,
              const Epilogue& epilogue) {
  HWY_DYNAMIC_DISPATCH(winograd)(g, x, packed, samples, y, epilogue);
}

}  // namespace goodfit::kernels
#endif
