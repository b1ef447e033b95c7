#include "goodfit/compute/kernels/convolution/convolution_part.hpp"

namespace goodfit::kernels {
namespace {

constexpr Size most_sums = 57344;  // 224 KiB of a second-level cache
constexpr Size fewest_channels = 64, fewest_units = 32;

// As equal as possible, of whole groups of so many.
Size equal_parts(Size of, Size most, Size whole) {
  const Size parts = (of + most - 1) / most, each = (of + parts - 1) / parts;
  return std::min((each + whole - 1) / whole * whole, most);
}

struct PartSize {
  Size channels, units;
};
PartSize size_of_parts(const Convolution& g) {
  if (g.pointwise()) return {g.channels, equal_parts(g.units, 48, 12)};
  if (g.winograd())
    return {equal_parts(g.channels, winograd_part, 16), equal_parts(g.units, winograd_part, 16)};
  // Two tiles of channels, whose copies are made at once, and as many panels of units as there is
  // room for.
  constexpr Size tiles = 24, panel = fewest_units, panels = 16, room = most_sums / panel;
  const Size units = std::clamp(room / (g.taps() * tiles), Size{1}, panels) * panel;
  const Size channels = std::min(most_sums / (g.taps() * units), tiles);
  return {equal_parts(g.channels, channels, 1), equal_parts(g.units, units, panel)};
}
Size parts_of(Size all, Size each) { return (all + each - 1) / each; }

}  // namespace

bool convolution_parts_pay(const Convolution& g, Size samples) {
  constexpr Size large = 262144;  // floats that no second-level cache holds
  return g.groups == 1 && std::min(g.channels, g.units) >= fewest_channels &&
         g.taps() * fewest_units <= most_sums && g.weight_floats() >= large &&
         g.weight_floats() >= samples * (g.input_floats() + g.output_floats());
}

Size convolution_parts(const Convolution& g) {
  const PartSize size = size_of_parts(g);
  return parts_of(g.channels, size.channels) * parts_of(g.units, size.units);
}

ConvolutionPart convolution_part(const Convolution& g, Size index) {
  const PartSize size = size_of_parts(g);
  const Size across = parts_of(g.units, size.units);
  const Size channel = index / across * size.channels, unit = index % across * size.units;
  return {channel, std::min(size.channels, g.channels - channel), unit,
          std::min(size.units, g.units - unit)};
}

void convolution_part_gradients(const Convolution& g, const float* x, const float* dy, Size samples,
                                Size begin, Size end, float* weight) {
  alignas(64) float sums[most_sums];
  for (Size index = begin; index < end; ++index) {
    const ConvolutionPart part = convolution_part(g, index);
    if (g.pointwise()) {
      gemm_transposed_a(dy, g.units, x, g.channels, samples * g.pixels(), part.unit,
                        part.unit + part.units, g.channels, weight, g.channels, false);
    } else {
      sum_convolution_part(g, x, dy, samples, part, sums);
      store_convolution_part(g, part, sums, weight);
    }
  }
}

}  // namespace goodfit::kernels
