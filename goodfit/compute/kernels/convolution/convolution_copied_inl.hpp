// Convolution copied: the gradient of a weight of many channels and units, whose taps share a copy
// of what they meet; compiled once per target, included by kernel sources alone.
//
//   x as tiles of channels   [rows][columns][samples][channels of a tile]
//   dy as panels of units    [rows][columns][samples][panel]
//
// What a tap meets of a row is one long sum, as samples lie innermost, and no lines share places of
// a cache.
#if defined(GOODFIT_CONVOLUTION_COPIED_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_CONVOLUTION_COPIED_INL
#undef GOODFIT_CONVOLUTION_COPIED_INL
#else
#define GOODFIT_CONVOLUTION_COPIED_INL
#endif

#include "goodfit/compute/kernels/convolution/convolution_outputs_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// Floats of the copies, 128 KiB each at most. Behind each tile of x is room for a vector.
constexpr Size most_x_copied = 32768, most_dy_copied = 1024 * panel;
constexpr Size tile_floats(Size positions) { return positions * tile_rows + lanes; }

// Rows [begin, end) and all columns of some samples' images; of a single tap only those it meets.
struct Image {
  Size begin, end, columns, samples;
  Size sample_stride, row_stride, column_stride;
  Size row() const { return columns * samples; }
  Size positions() const { return HWY_MAX(end - begin, Size{0}) * row(); }
  // visit(offset in the image, position in the copy), in the order of the copy: what is written
  // beyond a tile's row is written again.
  template <class Visit>
  HWY_INLINE void each(const Visit& visit) const {
    Size to = 0;
    for (Size i = begin; i < end; ++i)
      for (Size j = 0; j < columns; ++j)
        for (Size n = 0; n < samples; ++n)
          visit(n * sample_stride + i * row_stride + j * column_stride, to++);
  }
};

// A single tap meets as many positions as there are outputs: what it steps over is not there.
ConvolutionAxis thinned(const ConvolutionAxis& axis) {
  return {.in = axis.out, .out = axis.out, .kernel = 1};
}
Convolution thinned(Convolution g) {
  if (g.taps() > 1 || g.height.pad + g.width.pad > 0) return g;
  g.height = thinned(g.height), g.width = thinned(g.width);
  return g;
}

Image outputs_of(const Convolution& g, const Block& block) {
  return {.begin = block.begin,
          .end = block.end,
          .columns = g.width.out,
          .samples = block.samples,
          .sample_stride = g.output_floats(),
          .row_stride = g.width.out * g.units,
          .column_stride = g.units};
}
// What of x they see.
Image inputs_of(const Convolution& g, const Block& block) {
  const Convolution thin = thinned(g);
  const ConvolutionAxis& down = thin.height;
  const Size reach = (down.kernel - 1) * down.dilation;
  return {.begin = HWY_MAX(block.begin * down.up - down.pad, Size{0}),
          .end = HWY_MIN((block.end - 1) * down.up - down.pad + reach + 1, down.in),
          .columns = thin.width.in,
          .samples = block.samples,
          .sample_stride = g.input_floats(),
          .row_stride = g.height.up / down.up * g.width.in * g.channels,
          .column_stride = g.width.up / thin.width.up * g.channels};
}

bool copies_fit(const Convolution& g, const Block& block) {
  return tile_floats(inputs_of(g, block).positions()) <= most_x_copied &&
         outputs_of(g, block).positions() * panel <= most_dy_copied;
}
// Vectors of 512 bits take longer for a step than the second level for its lines: a single tap,
// whose copies no other shares, reads them as they lie.
bool worth_copies(const Convolution& g, const Block& block) {
  return (g.taps() > 1 || lanes < 16) && block.channels > 2 * tile_rows &&
         g.group_units() >= 8 * panel && copies_fit(g, block);
}

// One panel of dy, tiles [first, end) of x: all taps. The copies begin where the images do.
void sum_taps(const Convolution& of, const Block& block, const float* x, const float* dy,
              const Cut& cut, Size first, Size end, Size columns, const Sums& dw, bool add) {
  const Image inputs = inputs_of(of, block), outputs = outputs_of(of, block);
  const Convolution g = thinned(of);
  const Size floats = tile_floats(inputs.positions()), samples = block.samples;
  for (Size r = 0; r < g.height.kernel; ++r) {
    const Met down = outputs_met(g.height, r, block.begin, block.end);
    for (Size s = 0; s < g.width.kernel; ++s) {
      const Met across = outputs_met(g.width, s, 0, g.width.out);
      const bool side_by_side = g.width.up == 1;
      Outputs over{.samples = across.count > 0 ? down.count : 0,
                   .down = side_by_side ? 1 : across.count,
                   .across = side_by_side ? across.count * samples : samples,
                   .b_sample = outputs.row() * panel,
                   .b_down = samples * panel,
                   .b_across = panel};
      const Size from = (down.input - inputs.begin) * inputs.row() + across.input * samples;
      const float* b =
          dy + ((down.first - block.begin) * outputs.row() + across.first * samples) * panel;
      float* to = dw.at + (r * g.width.kernel + s) * dw.tap;
      for (Size tile = first; tile < end; ++tile) {
        const Size rows = cut.rows(tile);
        over.a_sample = g.height.up * inputs.row() * rows;
        over.a_down = g.width.up * samples * rows;
        over.a_across = rows;
        // They come from far when weights are many, and would be waited for.
        for (Size i = 0; i < rows; ++i) fetch_row<Next::is_read>(to + i * dw.row, columns);
        sum_tile(over, x + (tile - first) * floats + from * rows, b, rows, columns, to, dw.row,
                 add);
        to += rows * dw.row;
      }
    }
  }
}

void add_copied(const Convolution& g, const Block& block, const Sums& dw, bool add) {
  const Image inputs = inputs_of(g, block), outputs = outputs_of(g, block);
  const Size floats = tile_floats(inputs.positions()), together = most_x_copied / floats;
  HWY_ALIGN float dy_copied[most_dy_copied];
  float x_copied[most_x_copied];
  const Cut cut(block.channels, tile_rows);
  Size channel = 0;
  for (Size first = 0, next; first < cut.tiles; first = next) {
    next = HWY_MIN(first + together, cut.tiles);
    inputs.each([&](Size from, Size to) HWY_ATTR {
      copy_step(block.x + from + channel, inputs.column_stride, to, cut, first, next, floats,
                x_copied);
    });
    for (Size unit = 0; unit < block.units; unit += panel) {
      const Size columns = HWY_MIN(panel, block.units - unit);
      outputs.each([&](Size from, Size to) HWY_ATTR {
        copy_panels(block.dy + from + unit, g.units, 1, 0, columns, dy_copied + to * panel);
      });
      sum_taps(g, block, x_copied, dy_copied, cut, first, next, columns,
               dw.from(channel * dw.row + unit), add);
    }
    for (Size tile = first; tile < next; ++tile) channel += cut.rows(tile);
  }
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
