#include <algorithm>
#include <cstring>

#include "goodfit/compute/kernels/columns/columns.hpp"
#include "goodfit/compute/kernels/convolution/convolution.hpp"
#include "goodfit/compute/kernels/convolution/convolution_segment.hpp"
#include "goodfit/compute/kernels/convolution/winograd.hpp"
#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/convolution/convolution_weight.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "goodfit/compute/kernels/gemm/gemm_tile_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// The outputs that a tile sums over, with the strides of x and dy.
struct Outputs {
  Size samples, down, across;
  Size a_sample = 0, a_down = 0, a_across = 0;
  Size b_sample = 0, b_down = 0, b_across = 0;
  Size count() const { return samples * down * across; }
};

// Rows of the tile are channels side by side in x, columns are units side by side in dy.
template <int Rows, int Vectors, bool Whole>
void run_outputs(const TileTask& task, const float* x, float* dw, const Outputs& over) {
  Tile<Rows, Vectors> tile;
  start_tile(tile, task, dw);
  for (Size n = 0; n < over.samples; ++n) {
    for (Size o = 0; o < over.down; ++o) {
      const float* a = x + n * over.a_sample + o * over.a_down;
      const float* b = task.b + n * over.b_sample + o * over.b_down;
      if constexpr (Whole) {
        sum_products(tile, a, 1, over.a_across, b, over.b_across, panel, over.across);
      } else {
        for (Size q = 0; q < over.across; ++q, a += over.a_across, b += over.b_across) {
          Strip<Vectors> strip;
          strip.load_some(b, task.columns);
          tile.multiply_add(a, 1, strip);
        }
      }
    }
  }
  store_tile(tile, task, dw);
}

using RunOutputs = void (*)(const TileTask&, const float* x, float* dw, const Outputs&);
template <int Vectors, bool Whole, int... Rows>
constexpr std::array<RunOutputs, sizeof...(Rows)> output_heights(
    std::integer_sequence<int, Rows...>) {
  return {&run_outputs<Rows + 1, Vectors, Whole>...};
}
template <int Vectors, bool Whole>
RunOutputs output_tile(Size rows) {
  static constexpr auto tiles =
      output_heights<Vectors, Whole>(std::make_integer_sequence<int, highest_tile<Vectors>>());
  return tiles[size_t(rows - 1)];
}
RunOutputs output_tile(Size rows, Size columns) {
  return columns == panel   ? output_tile<2, true>(rows)
         : columns > lanes  ? output_tile<2, false>(rows)
         : columns == lanes ? output_tile<1, true>(rows)
                            : output_tile<1, false>(rows);
}

// Floats of dy that lie side by side for the tiles of a panel, 64 KiB.
constexpr Size most_copied = 1024 * panel;

// A panel of dy, output by output.
void copy_outputs(const Outputs& over, const float* dy, Size columns, float* to) {
  for (Size n = 0; n < over.samples; ++n)
    for (Size o = 0; o < over.down; ++o, to += over.across * panel)
      copy_panels(dy + n * over.b_sample + o * over.b_down, over.b_across, over.across, 0, columns,
                  to);
}

// Floats of x that lie side by side for tiles, 128 KiB; behind each tile is room for a vector.
constexpr Size most_x_copied = 32768;
constexpr Size tile_floats(Size outputs) { return outputs * tile_rows + lanes; }

// Tiles of x, output by output.
void copy_tiles(const Outputs& over, const float* x, const Cut& cut, Size begin, Size end,
                float* to) {
  Size output = 0;
  for (Size n = 0; n < over.samples; ++n)
    for (Size o = 0; o < over.down; ++o)
      for (Size q = 0; q < over.across; ++q)
        copy_step(x + n * over.a_sample + o * over.a_down + q * over.a_across, over.a_across,
                  output++, cut, begin, end, tile_floats(over.count()), to);
}

void sum_tile(const Outputs& over, const float* a, const float* b, Size rows, Size columns,
              float* dw, Size stride, bool add) {
  output_tile(rows, columns)({.b = b, .c_stride = stride, .columns = columns, .resume = add}, a, dw,
                             over);
}

// With many channels and units both sides are copied, so that outputs of several rows and samples
// are one sum and no lines share places of the cache.
void sum_copied(const Outputs& over, const float* x, const float* dy, Size rows, Size units,
                float* dw, Size stride, bool add) {
  const Size outputs = over.count(), together = most_x_copied / tile_floats(outputs);
  Outputs flat{.samples = 1, .down = 1, .across = outputs, .b_across = panel};
  HWY_ALIGN float dy_copied[most_copied];
  float x_copied[most_x_copied];
  const Cut cut(rows, tile_rows);
  for (Size first = 0; first < cut.tiles; first += together) {
    const Size end = HWY_MIN(first + together, cut.tiles);
    Size copied_rows = 0;
    copy_tiles(over, x, cut, first, end, x_copied);
    for (Size column = 0; column < units; column += panel) {
      const Size columns = HWY_MIN(panel, units - column);
      copy_outputs(over, dy + column, columns, dy_copied);
      copied_rows = 0;
      for (Size tile = first; tile < end; ++tile) {
        flat.a_across = cut.rows(tile);
        sum_tile(flat, x_copied + (tile - first) * tile_floats(outputs), dy_copied, flat.a_across,
                 columns, dw + copied_rows * stride + column, stride, add);
        copied_rows += flat.a_across;
      }
    }
    x += copied_rows;
    dw += copied_rows * stride;
  }
}

// dw rows [0, rows) = or += Σ over outputs of x's `rows` floats times dy's `units`.
void sum_outputs(const Outputs& over, const float* x, const float* dy, Size rows, Size units,
                 float* dw, Size stride, bool add) {
  const Size outputs = over.count();
  const bool fits = rows > 2 * tile_rows && outputs * panel <= most_copied;
  if (fits && units >= 8 * panel) return sum_copied(over, x, dy, rows, units, dw, stride, add);
  const bool copy = fits && lines_collide(over.b_across, outputs);
  Outputs here = over;
  if (copy) {
    here.b_across = panel;
    here.b_down = over.across * panel;
    here.b_sample = over.down * here.b_down;
  }
  HWY_ALIGN float copied[most_copied];
  for (Size column = 0; column < units; column += panel) {
    const Size columns = HWY_MIN(panel, units - column);
    const Cut cut(rows, highest_tile_for(columns));
    if (copy) copy_outputs(over, dy + column, columns, copied);
    for (Size tile = 0, row = 0; tile < cut.tiles; row += cut.rows(tile++))
      sum_tile(here, x + row, copy ? copied : dy + column, cut.rows(tile), columns,
               dw + row * stride + column, stride, add);
  }
}

// Outputs of some samples, rows [begin, end) of them.
struct Block {
  const float *x, *dy;
  Size samples, begin, end;
};

// Many channels: tap by tap, which reads and writes its part of dw once for a block. Few: all taps
// that some outputs see are one longer row.
bool by_taps(const Convolution& g) {
  constexpr Size many = 64;
  return g.groups > 1 || g.width.dilation > 1 || g.channels >= many;
}

// The first block of all writes dw, where that is by taps.
void add_block(const Convolution& g, const Block& block, float* dw, bool first_block) {
  const ConvolutionAxis &down = g.height, &across = g.width;
  const Size channels = g.group_channels(), units = g.group_units();
  const Size x_row = across.in * g.channels, dy_row = across.out * g.units;
  for (Size r = 0; r < down.kernel; ++r) {
    Size first = block.begin, last = block.end;
    while (first < last && down.input(first, r) < 0) ++first;
    while (last > first && down.input(last - 1, r) < 0) --last;
    // `taps` neighbors from tap s on, for `count` outputs from q on.
    const auto sum = [&](Size s, Size taps, Size q, Size count, bool add) {
      const Outputs over{.samples = block.samples,
                         .down = last - first,
                         .across = count,
                         .a_sample = g.input_floats(),
                         .a_down = down.up * x_row,
                         .a_across = across.up * g.channels,
                         .b_sample = g.output_floats(),
                         .b_down = dy_row,
                         .b_across = g.units};
      const float* x = block.x + down.input(first, r) * x_row + across.input(q, s) * g.channels;
      const float* dy = block.dy + first * dy_row + q * g.units;
      float* to = dw + (r * across.kernel + s) * channels * g.units;
      for (Size group = 0; group < g.groups; ++group)
        sum_outputs(over, x + group * channels, dy + group * units, taps * channels, units,
                    to + group * units, g.units, add);
    };
    if (!by_taps(g)) {
      each_segment(across, 0, across.out, [&](const Segment& w) {
        if (w.taps > 0 && first < last) sum(w.tap, w.taps, w.first, w.count, true);
      });
    } else {
      for (Size s = 0; s < across.kernel; ++s) {
        Size from = 0, to = across.out;
        while (from < to && across.input(from, s) < 0) ++from;
        while (to > from && across.input(to - 1, s) < 0) --to;
        if (from < to && first < last) {
          sum(s, 1, from, to - from, !first_block);
        } else if (first_block) {
          std::fill_n(dw + (r * across.kernel + s) * channels * g.units, channels * g.units, 0.0f);
        }
      }
    }
  }
}

void convolution_weight_gradient(const Convolution& g, const float* x, const float* dy,
                                 Size samples, float* dw) {
  if (samples == 0 || !by_taps(g)) std::memset(dw, 0, size_t(g.weight_floats()) * sizeof(float));
  // What of x and dy stays in a second-level cache while all taps pass over it; more of them where
  // dw, which every block reads and writes, would not stay there.
  constexpr Size few = 65536, many = 4 * few;
  const Size cached = g.weight_floats() < few ? few : many;
  const Size each = HWY_MAX(g.input_floats() + g.output_floats(), Size{1});
  const Size together = HWY_MAX(cached / each, Size{1});
  const Size rows =
      HWY_MAX(cached / HWY_MAX(each / HWY_MAX(g.height.out, Size{1}), Size{1}), Size{1});
  for (Size n = 0; n < samples; n += together) {
    for (Size begin = 0; begin < g.height.out; begin += rows) {
      add_block(g,
                {.x = x + n * g.input_floats(),
                 .dy = dy + n * g.output_floats(),
                 .samples = HWY_MIN(together, samples - n),
                 .begin = begin,
                 .end = HWY_MIN(begin + rows, g.height.out)},
                dw, n == 0 && begin == 0);
    }
  }
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(convolution_weight_gradient);

void convolution_weight_gradient(const Convolution& g, const float* x, const float* dy,
                                 Size samples, float* slot) {
  if (g.depthwise()) return depthwise_weight_gradient(g, x, dy, samples, slot);
  if (g.winograd_weight()) return winograd_weight_gradient(g, x, dy, samples, slot);
  if (g.pointwise())
    return gemm_transposed_a(x, g.channels, dy, g.units, samples * g.pixels(), 0, g.channels,
                             g.units, slot, g.units, false);
  HWY_DYNAMIC_DISPATCH(convolution_weight_gradient)(g, x, dy, samples, slot);
}

void merge_convolution_gradients(const Convolution& g, Size shards, const float* slots,
                                 float* weight, Size channel_begin, Size channel_end) {
  // Some numbers of some units at once: they lie side by side in the weight, and units in a slot.
  constexpr Size numbers = 16, together = 256;
  const Size channels = g.group_channels(), taps = g.taps(), per_unit = channels * taps;
  float sums[numbers * together];
  for (Size first = channel_begin * taps; first < channel_end * taps; first += numbers) {
    const Size here = std::min(numbers, channel_end * taps - first);
    for (Size unit = 0; unit < g.units; unit += together) {
      const Size count = std::min(together, g.units - unit);
      for (Size i = 0; i < here; ++i) {
        const Size channel = (first + i) / taps, tap = (first + i) % taps;
        merge_sums(shards, count, g.weight_floats(),
                   slots + (tap * channels + channel) * g.units + unit, sums + i * together);
      }
      float* to = weight + unit * per_unit + first;
      for (Size u = 0; u < count; ++u)
        for (Size i = 0; i < here; ++i) to[u * per_unit + i] = sums[i * together + u];
    }
  }
}

}  // namespace goodfit::kernels
#endif
