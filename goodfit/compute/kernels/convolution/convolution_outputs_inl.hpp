// Convolution outputs: a tile of weights, summed over the outputs that see its tap; compiled once
// per target, included by kernel sources alone.
#if defined(GOODFIT_CONVOLUTION_OUTPUTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_CONVOLUTION_OUTPUTS_INL
#undef GOODFIT_CONVOLUTION_OUTPUTS_INL
#else
#define GOODFIT_CONVOLUTION_OUTPUTS_INL
#endif

#include "goodfit/compute/kernels/convolution/convolution_segment.hpp"
#include "goodfit/compute/kernels/gemm/gemm_tile_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// Outputs of some samples, rows [begin, end) of them; of the channels and units of a group, or of
// some of them.
struct Block {
  const float *x, *dy;
  Size channels, units;
  Size samples = 0, begin = 0, end = 0;
};

// Where the sums of a block go: rows of units for each channel, for each tap.
struct Sums {
  float* at;
  Size row, tap;  // from a row or tap to the next
  Sums from(Size offset) const { return {at + offset, row, tap}; }
};

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

void sum_tile(const Outputs& over, const float* a, const float* b, Size rows, Size columns,
              float* dw, Size stride, bool add) {
  output_tile(rows, columns)({.b = b, .c_stride = stride, .columns = columns, .resume = add}, a, dw,
                             over);
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
