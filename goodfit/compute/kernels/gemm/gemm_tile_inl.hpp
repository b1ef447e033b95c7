// Gemm tile: the micro-kernel, compiled once per target; included by kernel sources alone.
//
//   C[i, j] = start + Σ_r a[i · a_row + r · a_step] · b[r · b_step + …]      i < Rows, j < Vectors
//
// The accumulators are members of nested structs, one vector each, reached by recursion at compile
// time: g++ 12 keeps these in registers, where it spills an array that a loop walks over.
#if defined(GOODFIT_GEMM_TILE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_GEMM_TILE_INL
#undef GOODFIT_GEMM_TILE_INL
#else
#define GOODFIT_GEMM_TILE_INL
#endif

#include <array>
#include <utility>

#include "goodfit/compute/kernels/gemm/gemm_strip_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {

// What the tiles of a panel share: a block of k. Where in A and C a tile begins goes beside it, in
// registers: a copy of all this would wait for the stores that have just written it.
struct TileTask {
  Size a_row = 1, a_step = 1;  // from row to row of C, from k to k
  const float* b;
  Size b_step = panel, b_panel = panel;  // from k to k, from panel to panel
  Size k = 0;
  Size c_stride = 0;
  Size columns = 0;             // that exist; fewer than the tile has in the last panel
  bool resume = false;          // start from C instead of zero
  const float* bias = nullptr;  // padded to whole vectors, or null
  bool relu = false;
  bool from_afar = false;       // the next task's panel, behind this one's, is asked for meanwhile
  bool rows_from_afar = false;  // and so are the next tile's rows of A
  bool c_from_afar = false;     // and, where A is transposed, the tile's own part of C
  Size passes = 1;  // over panels, one after another, where sums are too short for a call each
};

// The bias of columns that do not fill a panel, padded.
struct LastBias {
  HWY_ALIGN float padded[panel] = {};
  const float* of(const float* bias, Size column, Size columns) {
    if (!bias || columns >= panel) return bias ? bias + column : nullptr;
    for (Size i = 0; i < columns; ++i) padded[i] = bias[column + i];
    return padded;
  }
};

// Tiles over `rows` rows of C and one panel; a_step is 1. In gemm.cpp, for all tiles take 100 KB.
void run_panel(const TileTask& task, const float* a, float* c, Size rows);

namespace {

// Rows of the largest tile: two accumulators a row, two vectors of B and one of A must fit.
#if HWY_TARGET == HWY_AVX3 || HWY_ARCH_ARM_A64
constexpr Size tile_rows = 12;
#else
constexpr Size tile_rows = 6;
#endif

// The accumulators of a tile, a strip to a row.
template <int Rows, int Vectors>
struct Tile : Tile<Rows - 1, Vectors> {
  using Above = Tile<Rows - 1, Vectors>;
  static constexpr Size width = Vectors * lanes;
  Strip<Vectors> row;

  HWY_INLINE void zero() {
    Above::zero();
    row.zero();
  }
  // These four return where the row below would begin: few registers are left for addresses.
  HWY_INLINE const float* load(const float* c, Size stride) {
    c = Above::load(c, stride);
    row.load(c, panel);
    return c + stride;
  }
  HWY_INLINE const float* load_some(const float* c, Size stride, Size columns) {
    c = Above::load_some(c, stride, columns);
    row.load_some(c, columns);
    return c + stride;
  }
  HWY_INLINE float* store(float* c, Size stride) const {
    c = Above::store(c, stride);
    row.store(c);
    return c + stride;
  }
  HWY_INLINE float* store_some(float* c, Size stride, Size columns) const {
    c = Above::store_some(c, stride, columns);
    row.store_some(c, columns);
    return c + stride;
  }
  HWY_INLINE void multiply_add(const float* a, Size a_row, const Strip<Vectors>& b) {
    Above::multiply_add(a, a_row, b);
    row.multiply_add(hn::Set(Tag(), a[(Rows - 1) * a_row]), b);
  }
  HWY_INLINE void add(const Strip<Vectors>& bias) {
    Above::add(bias);
    row.add(bias);
  }
  HWY_INLINE void relu() {
    Above::relu();
    row.relu();
  }
};

template <int Vectors>
struct Tile<0, Vectors> {
  HWY_INLINE void zero() {}
  HWY_INLINE const float* load(const float* c, Size) { return c; }
  HWY_INLINE const float* load_some(const float* c, Size, Size) { return c; }
  HWY_INLINE float* store(float* c, Size) const { return c; }
  HWY_INLINE float* store_some(float* c, Size, Size) const { return c; }
  HWY_INLINE void multiply_add(const float*, Size, const Strip<Vectors>&) {}
  HWY_INLINE void add(const Strip<Vectors>&) {}
  HWY_INLINE void relu() {}
};

// What differs is asked once for all rows.
template <int Rows, int Vectors>
HWY_INLINE void start_tile(Tile<Rows, Vectors>& tile, const TileTask& task, const float* c) {
  if (!task.resume) return tile.zero();
  if (task.columns >= tile.width)
    tile.load(c, task.c_stride);
  else
    tile.load_some(c, task.c_stride, task.columns);
}
template <int Rows, int Vectors>
HWY_INLINE void store_tile(const Tile<Rows, Vectors>& tile, const TileTask& task, float* c) {
  if (task.columns >= tile.width)
    tile.store(c, task.c_stride);
  else
    tile.store_some(c, task.c_stride, task.columns);
}

// The tile's sums go on for `count` steps of k. Four at a time: counting and stepping cost a fifth
// of what a core decodes, which it may share with another thread.
template <int Rows, int Vectors>
HWY_INLINE void sum_products(Tile<Rows, Vectors>& tile, const float* a, Size a_row, Size a_step,
                             const float* b, Size b_step, Size b_panel, Size count) {
#pragma GCC unroll 4
  for (Size r = 0; r < count; ++r) {
    Strip<Vectors> strip;
    strip.load(b, b_panel);
    tile.multiply_add(a, a_row, strip);
    a += a_step;
    b += b_step;
  }
}

template <int Rows, int Vectors>
HWY_INLINE void finish_tile(Tile<Rows, Vectors>& tile, const TileTask& task, const float* bias,
                            float* c) {
  if (bias) {
    Strip<Vectors> strip;
    strip.load(bias, panel);
    tile.add(strip);
  }
  if (task.relu) tile.relu();
  store_tile(tile, task, c);
}

// `Transposed` tells the compiler which of A's two strides is 1.
template <int Rows, int Vectors, bool Transposed>
void run_tile(const TileTask& task, const float* a, float* c) {
  using Sums = Tile<Rows, Vectors>;
  const float *b = task.b, *bias = task.bias;
  for (Size pass = 0; pass < task.passes; ++pass, b += Sums::width / panel * task.b_panel) {
    Sums tile;
    for (Size i = 0; Transposed && task.c_from_afar && i < Rows; ++i)
      fetch_row<Next::is_read>(c + i * task.c_stride, Sums::width);
    start_tile(tile, task, c);
    sum_products(tile, a, Transposed ? 1 : task.a_row, Transposed ? task.a_step : 1, b, task.b_step,
                 task.b_panel, task.k);
    finish_tile(tile, task, bias, c);
    if (bias) bias += Sums::width;
    c += Sums::width;
  }
}

// A single vector leaves room for more rows; twelve sums hide the latency of an addition.
template <int Vectors>
constexpr Size highest_tile = Vectors == 1 ? Size{12} : tile_rows;
HWY_INLINE Size highest_tile_for(Size columns) {
  return columns <= lanes ? highest_tile<1> : highest_tile<2>;
}

// Rows, cut into the fewest tiles, these as equal as possible: 32 → 11, 11, 10.
struct Cut {
  Size tiles = 1, height, taller = 0;
  Cut(Size rows, Size highest) : height(rows) {
    if (rows <= highest) return;
    tiles = (rows + highest - 1) / highest;
    height = rows / tiles;
    taller = rows % tiles;
  }
  Size rows(Size tile) const { return height + (tile < taller); }
};

// Step r of A, its rows side by side at `from`, the next step `a_step` behind, into copies of the
// tiles from `begin` to `end`, each of `floats`: there the rows of a step lie side by side, and
// behind the last is room for a vector.
HWY_INLINE void copy_step(const float* from, Size a_step, Size r, const Cut& cut, Size begin,
                          Size end, Size floats, float* to) {
  fetch_row<Next::is_read>(from + rows_ahead * a_step, (end - begin) * cut.rows(begin));
  for (Size tile = begin; tile < end; ++tile, to += floats) {
    const Size rows = cut.rows(tile);
    for (Size i = 0; i < rows; i += lanes) {
      Strip<1> strip;
      strip.load_some(from + i, rows - i);
      strip.store(to + r * rows + i);
    }
    from += rows;
  }
}

using RunTile = void (*)(const TileTask&, const float* a, float* c);

// run_tile for every height, [rows − 1]; null beyond the highest.
using Tiles = std::array<RunTile, size_t(highest_tile<1>)>;
template <int Vectors, bool Transposed, int... Rows>
constexpr Tiles heights(std::integer_sequence<int, Rows...>) {
  return {&run_tile<Rows + 1, Vectors, Transposed>...};
}
template <int Vectors, bool Transposed>
inline constexpr Tiles tiles_of =
    heights<Vectors, Transposed>(std::make_integer_sequence<int, highest_tile<Vectors>>());

// The narrowest that cover so many columns of a panel.
template <bool Transposed>
HWY_INLINE const Tiles& tiles_for(Size columns) {
  if (columns <= lanes) return tiles_of<1, Transposed>;
  return tiles_of<2, Transposed>;
}

// One tile after another down the rows of a panel. Each asks for its part of what follows.
HWY_INLINE void run_tiles(const Tiles& tiles, const Cut& cut, const TileTask& task, const float* a,
                          float* c) {
  const bool asks = task.from_afar || task.rows_from_afar;
  for (Size tile = 0; tile < cut.tiles; ++tile) {
    const Size rows = cut.rows(tile);
    if (asks) {
      const Size part = task.from_afar ? task.k * panel / cut.tiles : 0;
      fetch_row<Next::is_read>(task.b + task.b_panel + tile * part, part);
      for (Size i = 0; task.rows_from_afar && i < rows; ++i)
        fetch_row<Next::is_read>(a + (rows + i) * task.a_row, task.k);
    }
    tiles[size_t(rows - 1)](task, a, c);
    a += rows * task.a_row;
    c += rows * task.c_stride;
  }
}

// Few rows make few independent sums, too few to hide the latency of an addition: they take
// several panels at once, 4, 2 or 1 of those that are left.
constexpr Size panels_at_once(Size rows, Size left = 4) {
  if (rows > 3 || left < 2) return 1;
  return rows > 1 || left < 4 ? 2 : 4;
}

template <bool Transposed>
HWY_INLINE RunTile wide_tile(Size rows, Size panels, Size columns) {
  if (columns <= lanes) return tiles_of<1, Transposed>[size_t(rows - 1)];
  if (panels == 4) return run_tile<1, 8, Transposed>;
  if (panels == 1) return tiles_of<2, Transposed>[size_t(rows - 1)];
  return rows == 1   ? run_tile<1, 4, Transposed>
         : rows == 2 ? run_tile<2, 4, Transposed>
                     : run_tile<3, 4, Transposed>;
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
