#include <cstring>

#include "goodfit/compute/kernels/convolution/convolution_part.hpp"
#include "goodfit/compute/kernels/convolution/convolution_segment.hpp"
#include "goodfit/compute/kernels/convolution/winograd.hpp"
#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/convolution/convolution_weight.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "goodfit/compute/kernels/convolution/convolution_copied_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// A panel of dy, output by output.
void copy_outputs(const Outputs& over, const float* dy, Size columns, float* to) {
  for (Size n = 0; n < over.samples; ++n)
    for (Size o = 0; o < over.down; ++o, to += over.across * panel)
      copy_panels(dy + n * over.b_sample + o * over.b_down, over.b_across, over.across, 0, columns,
                  to);
}

// dw rows [0, rows) = or += Σ over outputs of x's `rows` floats times dy's `units`.
void sum_outputs(const Outputs& over, const float* x, const float* dy, Size rows, Size units,
                 float* dw, Size stride, bool add) {
  const Size outputs = over.count();
  const bool copy = rows > 2 * tile_rows && outputs * panel <= most_dy_copied &&
                    lines_collide(over.b_across, outputs);
  Outputs here = over;
  if (copy) {
    here.b_across = panel;
    here.b_down = over.across * panel;
    here.b_sample = over.down * here.b_down;
  }
  HWY_ALIGN float copied[most_dy_copied];
  for (Size column = 0; column < units; column += panel) {
    const Size columns = HWY_MIN(panel, units - column);
    const Cut cut(rows, highest_tile_for(columns));
    if (copy) copy_outputs(over, dy + column, columns, copied);
    for (Size tile = 0, row = 0; tile < cut.tiles; row += cut.rows(tile++))
      sum_tile(here, x + row, copy ? copied : dy + column, cut.rows(tile), columns,
               dw + row * stride + column, stride, add);
  }
}

// Many channels: tap by tap, which reads and writes its part of dw once for a block. Few: all taps
// that some outputs see are one longer row.
bool by_taps(const Convolution& g) {
  constexpr Size many = 64;
  return g.groups > 1 || g.width.dilation > 1 || g.channels >= many;
}

// `taps` neighbors from tap (r, s) on, summed over the outputs that see all of them.
void add_taps(const Convolution& g, const Block& block, Size r, Size s, Size taps, const Met& down,
              const Met& across, const Sums& dw, bool add) {
  const Size x_row = g.width.in * g.channels, dy_row = g.width.out * g.units;
  const Outputs over{.samples = block.samples,
                     .down = down.count,
                     .across = across.count,
                     .a_sample = g.input_floats(),
                     .a_down = g.height.up * x_row,
                     .a_across = g.width.up * g.channels,
                     .b_sample = g.output_floats(),
                     .b_down = dy_row,
                     .b_across = g.units};
  sum_outputs(over, block.x + down.input * x_row + across.input * g.channels,
              block.dy + down.first * dy_row + across.first * g.units, taps * block.channels,
              block.units, dw.at + (r * g.width.kernel + s) * dw.tap, dw.row, add);
}

// The first block of all writes dw, where that is by taps.
void add_block(const Convolution& g, const Block& block, const Sums& dw, bool first_block) {
  if (by_taps(g) && worth_copies(g, block)) return add_copied(g, block, dw, !first_block);
  const ConvolutionAxis& across = g.width;
  for (Size r = 0; r < g.height.kernel; ++r) {
    const Met down = outputs_met(g.height, r, block.begin, block.end);
    if (by_taps(g)) {
      for (Size s = 0; s < across.kernel; ++s)
        add_taps(g, block, r, s, 1, down, outputs_met(across, s, 0, across.out), dw, !first_block);
    } else {
      each_segment(across, 0, across.out, [&](const Segment& w) {
        if (w.taps > 0)
          add_taps(g, block, r, w.tap, w.taps, down, {w.first, w.count, w.input}, dw, true);
      });
    }
  }
}

// visit(block, whether it is the first) of all samples: as many at a time, or rows of one, as
// `cached` has room for, where a sample takes `each`.
template <class Visit>
void each_block(const Convolution& g, Block block, Size samples, Size cached, Size each,
                const Visit& visit) {
  const Size together = HWY_MAX(cached / HWY_MAX(each, Size{1}), Size{1});
  const Size rows =
      HWY_MAX(cached / HWY_MAX(each / HWY_MAX(g.height.out, Size{1}), Size{1}), Size{1});
  for (Size n = 0; n < samples; n += together) {
    block.samples = HWY_MIN(together, samples - n);
    for (Size begin = 0; begin < g.height.out; begin += rows) {
      block.begin = begin, block.end = HWY_MIN(begin + rows, g.height.out);
      visit(block, n == 0 && begin == 0);
    }
    block.x += block.samples * g.input_floats(), block.dy += block.samples * g.output_floats();
  }
}

void convolution_weight_gradient(const Convolution& g, const float* x, const float* dy,
                                 Size samples, float* dw) {
  if (samples == 0 || !by_taps(g)) std::memset(dw, 0, size_t(g.weight_floats()) * sizeof(float));
  // What of x and dy stays in a second-level cache while all taps pass over it; more of them where
  // dw, which every block reads and writes, would not stay there.
  constexpr Size few = 65536, many = 4 * few;
  const Size channels = g.group_channels(), units = g.group_units();
  each_block(g, {x, dy, channels, units}, samples, g.weight_floats() < few ? few : many,
             g.input_floats() + g.output_floats(), [&](Block block, bool first) {
               float* to = dw;
               for (Size group = 0; group < g.groups; ++group) {
                 add_block(g, block, {to, g.units, channels * g.units}, first);
                 block.x += channels, block.dy += units, to += units;
               }
             });
}

// As many outputs at a time as are copied at once.
void sum_part(const Convolution& g, const float* x, const float* dy, Size samples,
              const ConvolutionPart& part, float* sums) {
  const Size row = part.units, tap = part.channels * part.units;
  if (samples == 0) return void(std::memset(sums, 0, size_t(g.taps() * tap) * sizeof(float)));
  const Size inputs = g.height.in * g.width.in;
  each_block(g, {x + part.channel, dy + part.unit, part.channels, part.units}, samples,
             most_dy_copied / panel, HWY_MAX(inputs / 2, g.pixels()),
             [&](const Block& block, bool first) {
               const Sums to{sums, row, tap};
               if (g.taps() > 1 && copies_fit(g, block)) return add_copied(g, block, to, !first);
               add_block(g, block, to, first);
             });
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(convolution_weight_gradient);
HWY_EXPORT(sum_part);

void convolution_weight_gradient(const Convolution& g, const float* x, const float* dy,
                                 Size samples, float* slot) {
  if (g.depthwise()) return depthwise_weight_gradient(g, x, dy, samples, slot);
  if (g.winograd()) return winograd_weight_gradient(g, x, dy, samples, slot);
  if (g.pointwise())
    return gemm_transposed_a(x, g.channels, dy, g.units, samples * g.pixels(), 0, g.channels,
                             g.units, slot, g.units, false);
  HWY_DYNAMIC_DISPATCH(convolution_weight_gradient)(g, x, dy, samples, slot);
}

void sum_convolution_part(const Convolution& g, const float* x, const float* dy, Size samples,
                          const ConvolutionPart& part, float* sums) {
  if (g.winograd()) return sum_winograd_part(g, x, dy, samples, part, sums);
  HWY_DYNAMIC_DISPATCH(sum_part)(g, x, dy, samples, part, sums);
}

}  // namespace goodfit::kernels
#endif
