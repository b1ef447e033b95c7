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

#include <hwy/highway.h>

#include <array>
#include <utility>

#include "goodfit/base/size.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {  // other kernels may use the same names
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::ScalableTag<float>;
constexpr Size lanes = Size(hn::MaxLanes(Tag()));
constexpr Size panel = 2 * lanes;

// For what is left of a row: some processors take twice as long for 16 floats as for 8.
#if HWY_TARGET == HWY_AVX3
using HalfTag = hn::Half<Tag>;
#else
using HalfTag = Tag;
#endif
constexpr Size half_lanes = Size(hn::MaxLanes(HalfTag()));

// Rows of the largest tile: two accumulators a row, two vectors of B and one of A must fit.
#if HWY_TARGET == HWY_AVX3 || HWY_ARCH_ARM_A64
constexpr Size tile_rows = 12;
#else
constexpr Size tile_rows = 6;
#endif

// Work of one call: a block of k for one tile.
struct TileTask {
  const float* a;
  Size a_row, a_step;  // from row to row of C, from k to k
  const float* b;
  Size b_step, b_panel;  // from k to k, from panel to panel
  Size k;
  float* c;
  Size c_stride;
  Size columns;       // that exist; fewer than the tile has in the last panel
  bool resume;        // start from C instead of zero
  const float* bias;  // padded to whole vectors, or null
  bool relu;
};

// Vectors side by side: two to a panel, `step` floats from one panel to the next.
template <class D, int Vectors>
struct Strip : Strip<D, Vectors - 1> {
  using Before = Strip<D, Vectors - 1>;
  static constexpr Size lanes = Size(hn::MaxLanes(D())), index = Vectors - 1;
  hn::Vec<D> last;

  HWY_INLINE void zero() {
    Before::zero();
    last = hn::Zero(D());
  }
  HWY_INLINE void load(const float* from, Size step) {
    Before::load(from, step);
    last = hn::LoadU(D(), from + (index / 2) * step + (index % 2) * lanes);
  }
  HWY_INLINE void load_some(const float* from, Size count) {
    Before::load_some(from, count);
    const Size here = HWY_MIN(HWY_MAX(count - index * lanes, Size{0}), lanes);
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
    last = hn::MaskedLoad(hn::FirstN(D(), size_t(here)), D(), from + index * lanes);
#else
    // Elsewhere a masked load may read what lies beyond the row.
    HWY_ALIGN float whole[lanes] = {};
    for (Size i = 0; i < here; ++i) whole[i] = from[index * lanes + i];
    last = hn::Load(D(), whole);
#endif
  }
  HWY_INLINE void store(float* to) const {
    Before::store(to);
    hn::StoreU(last, D(), to + index * lanes);
  }
  HWY_INLINE void store_some(float* to, Size count) const {
    Before::store_some(to, count);
    const Size here = HWY_MIN(HWY_MAX(count - index * lanes, Size{0}), lanes);
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
    hn::BlendedStore(last, hn::FirstN(D(), size_t(here)), D(), to + index * lanes);
#else
    // Elsewhere a masked store may read and write back what lies beyond the row.
    HWY_ALIGN float whole[lanes];
    hn::Store(last, D(), whole);
    for (Size i = 0; i < here; ++i) to[index * lanes + i] = whole[i];
#endif
  }
  HWY_INLINE void multiply_add(hn::Vec<D> a, const Strip& b) {
    Before::multiply_add(a, b);
    last = hn::MulAdd(a, b.last, last);
  }
  HWY_INLINE void add(const Strip& b) {
    Before::add(b);
    last = hn::Add(last, b.last);
  }
  HWY_INLINE void relu() {
    Before::relu();
    last = hn::IfThenZeroElse(hn::Lt(last, hn::Zero(D())), last);
  }
};

template <class D>
struct Strip<D, 0> {
  HWY_INLINE void zero() {}
  HWY_INLINE void load(const float*, Size) {}
  HWY_INLINE void load_some(const float*, Size) {}
  HWY_INLINE void store(float*) const {}
  HWY_INLINE void store_some(float*, Size) const {}
  HWY_INLINE void multiply_add(hn::Vec<D>, const Strip&) {}
  HWY_INLINE void add(const Strip&) {}
  HWY_INLINE void relu() {}
};

// The accumulators of a tile, a strip to a row.
template <class D, int Rows, int Vectors>
struct Tile : Tile<D, Rows - 1, Vectors> {
  using Above = Tile<D, Rows - 1, Vectors>;
  static constexpr Size width = Vectors * Size(hn::MaxLanes(D()));
  Strip<D, Vectors> row;

  HWY_INLINE void start(const TileTask& task) {
    Above::start(task);
    if (!task.resume) return row.zero();
    const float* from = task.c + (Rows - 1) * task.c_stride;
    if (task.columns >= width) return row.load(from, panel);
    row.load_some(from, task.columns);
  }
  HWY_INLINE void multiply_add(const float* a, Size a_row, const Strip<D, Vectors>& b) {
    Above::multiply_add(a, a_row, b);
    row.multiply_add(hn::Set(D(), a[(Rows - 1) * a_row]), b);
  }
  HWY_INLINE void add(const Strip<D, Vectors>& bias) {
    Above::add(bias);
    row.add(bias);
  }
  HWY_INLINE void relu() {
    Above::relu();
    row.relu();
  }
  HWY_INLINE void finish(const TileTask& task) const {
    Above::finish(task);
    float* to = task.c + (Rows - 1) * task.c_stride;
    if (task.columns >= width) return row.store(to);
    row.store_some(to, task.columns);
  }
};

template <class D, int Vectors>
struct Tile<D, 0, Vectors> {
  HWY_INLINE void start(const TileTask&) {}
  HWY_INLINE void multiply_add(const float*, Size, const Strip<D, Vectors>&) {}
  HWY_INLINE void add(const Strip<D, Vectors>&) {}
  HWY_INLINE void relu() {}
  HWY_INLINE void finish(const TileTask&) const {}
};

// The tile's sums go on for `count` steps of k. Four at a time: counting and stepping cost a fifth
// of what a core decodes, which it may share with another thread.
template <class D, int Rows, int Vectors>
HWY_INLINE void sum_products(Tile<D, Rows, Vectors>& tile, const float* a, Size a_row, Size a_step,
                             const float* b, Size b_step, Size b_panel, Size count) {
#pragma GCC unroll 4
  for (Size r = 0; r < count; ++r) {
    Strip<D, Vectors> strip;
    strip.load(b, b_panel);
    tile.multiply_add(a, a_row, strip);
    a += a_step;
    b += b_step;
  }
}

// `Transposed` tells the compiler which of A's two strides is 1.
template <class D, int Rows, int Vectors, bool Transposed>
void run_tile(const TileTask& task) {
  Tile<D, Rows, Vectors> tile;
  tile.start(task);
  sum_products(tile, task.a, Transposed ? 1 : task.a_row, Transposed ? task.a_step : 1, task.b,
               task.b_step, task.b_panel, task.k);
  if (task.bias) {
    Strip<D, Vectors> bias;
    bias.load(task.bias, panel);
    tile.add(bias);
  }
  if (task.relu) tile.relu();
  tile.finish(task);
}

// A single vector leaves room for more rows; twelve sums hide the latency of an addition.
template <int Vectors>
constexpr Size highest_tile = Vectors == 1 ? Size{12} : tile_rows;
HWY_INLINE Size highest_tile_for(Size columns) {
  return columns <= lanes ? highest_tile<1> : highest_tile<2>;
}

// Rows, cut into the fewest tiles, these as equal as possible: 32 → 11, 11, 10.
struct Cut {
  Size tiles, height, taller;
  Cut(Size rows, Size highest)
      : tiles((rows + highest - 1) / highest), height(rows / tiles), taller(rows % tiles) {}
  Size rows(Size tile) const { return height + (tile < taller); }
};

using RunTile = void (*)(const TileTask&);

// run_tile for every height, [rows − 1]; null beyond the highest.
using Tiles = std::array<RunTile, size_t(highest_tile<1>)>;
template <class D, int Vectors, bool Transposed, int... Rows>
constexpr Tiles heights(std::integer_sequence<int, Rows...>) {
  return {&run_tile<D, Rows + 1, Vectors, Transposed>...};
}
template <class D, int Vectors, bool Transposed>
inline constexpr Tiles tiles_of =
    heights<D, Vectors, Transposed>(std::make_integer_sequence<int, highest_tile<Vectors>>());

// The narrowest that cover so many columns of a panel.
template <bool Transposed>
HWY_INLINE const Tiles& tiles_for(Size columns) {
  if (columns <= half_lanes) return tiles_of<HalfTag, 1, Transposed>;
  if (columns <= lanes) return tiles_of<Tag, 1, Transposed>;
  return tiles_of<Tag, 2, Transposed>;
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
