// Gemm narrow: the columns that are left when B is cut into panels, where they fill one vector at
// most; compiled once per target, included by kernel sources alone.
//
// A vector that runs along such columns is empty for the most part, and few rows leave it waiting
// for its own sum. So vectors run along k: a block of 128 bits holds four steps of one column.
//
//   B as a panel [k / 4][columns][4], its columns rounded up to whole vectors, zeros beyond
//   C[i, c] = Σ over blocks of k of (s₀ + s₂) + (s₁ + s₃),   s_r = Σ_q a[i, 4q + r] B(4q + r, c)
#if defined(GOODFIT_GEMM_NARROW_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_GEMM_NARROW_INL
#undef GOODFIT_GEMM_NARROW_INL
#else
#define GOODFIT_GEMM_NARROW_INL
#endif

#include "goodfit/compute/kernels/gemm/gemm_tile_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

constexpr Size narrow_depth = 256;  // steps of k between visits of C
constexpr Size vector_blocks = HWY_MAX(lanes / quad, Size{1});
// Columns at most; where B is still to be turned it pays for fewer.
constexpr Size narrow_packed = lanes >= quad ? lanes : 0, narrow_in_place = narrow_packed / 2;

// Of few steps the vectors of a tile cost less than what is left to add inside of these.
constexpr Size enough_steps = 32;
constexpr Size narrow_columns(Size k, Size n, Size most) {
  if (k < enough_steps) most = HWY_MIN(most, narrow_in_place);
  return n % panel <= most ? n % panel : 0;
}
constexpr Size narrow_vectors(Size columns) {
  return (columns + vector_blocks - 1) / vector_blocks;
}
constexpr Size narrow_floats(Size k, Size columns) {
  return (k + quad - 1) / quad * narrow_vectors(columns) * lanes;
}

// B as a narrow panel: B(r, c) = b[r · stride + c], or b[c · stride + r] when transposed.
HWY_INLINE void pack_narrow(const float* b, Size stride, bool transposed, Size k, Size columns,
                            float* to) {
  const Size step = narrow_vectors(columns) * lanes;
  std::fill_n(to, narrow_floats(k, columns), 0.0f);
  for (Size r = 0; r < k; r += quad, to += step) {
    const Size steps = HWY_MIN(quad, k - r);
    if (!transposed) {
      transpose(b + r * stride, stride, steps, columns, to, quad);
    } else {
      for (Size c = 0; c < columns; ++c)
        for (Size i = 0; i < steps; ++i) to[c * quad + i] = b[c * stride + r + i];
    }
  }
}

// Of each block: a₀ + a₂, b₀ + b₂, a₁ + a₃, b₁ + b₃.
HWY_INLINE hn::Vec<Tag> sum_pairs(hn::Vec<Tag> a, hn::Vec<Tag> b) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Add(a, b);  // not asked for: there are no blocks
#else
  return hn::Add(hn::InterleaveLower(Tag(), a, b), hn::InterleaveUpper(Tag(), a, b));
#endif
}

// Vector v of a strip, or its last one.
template <int V, int Vectors>
HWY_INLINE hn::Vec<Tag> vector_of(const Strip<Vectors>& strip) {
  return static_cast<const Strip<(V < Vectors ? V + 1 : Vectors)>&>(strip).last;
}

// The sum of each block, in the order of the columns.
template <int Vectors>
HWY_INLINE hn::Vec<Tag> sums(const Strip<Vectors>& parts) {
  constexpr int third = Vectors > 2 ? 2 : 0;
  const auto in_blocks = sum_pairs(sum_pairs(vector_of<0>(parts), vector_of<third>(parts)),
                                   sum_pairs(vector_of<1>(parts), vector_of<third + 1>(parts)));
  HWY_ALIGN int32_t from[lanes];  // lane v of block b: column v · vector_blocks + b
  for (Size c = 0; c < lanes; ++c) from[c] = int32_t(c % vector_blocks * quad + c / vector_blocks);
  return hn::TableLookupLanes(in_blocks, hn::SetTableIndices(Tag(), from));
}

// A tile whose sums run along blocks.
template <int Rows, int Vectors>
struct NarrowTile : NarrowTile<Rows - 1, Vectors> {
  using Above = NarrowTile<Rows - 1, Vectors>;
  Strip<Vectors> row;

  HWY_INLINE void zero() {
    Above::zero();
    row.zero();
  }
  HWY_INLINE void multiply_add(const float* a, Size a_row, const Strip<Vectors>& b) {
    Above::multiply_add(a, a_row, b);
    row.multiply_add(hn::LoadDup128(Tag(), a + (Rows - 1) * a_row), b);
  }
  HWY_INLINE void add_to(Tile<Rows, 1>& tile) const {
    Above::add_to(tile);
    tile.row.last = hn::Add(tile.row.last, sums(row));
  }
};
template <int Vectors>
struct NarrowTile<0, Vectors> {
  HWY_INLINE void zero() {}
  HWY_INLINE void multiply_add(const float*, Size, const Strip<Vectors>&) {}
  HWY_INLINE void add_to(Tile<0, 1>&) const {}
};

template <int Rows, int Vectors>
void run_narrow(const TileTask& task, const float* a, float* c) {
  NarrowTile<Rows, Vectors> parts;
  parts.zero();
  const float* b = task.b;
  Strip<Vectors> strip;
  const Size blocks = task.k / quad, left = task.k % quad;
#pragma GCC unroll 2
  for (Size q = 0; q < blocks; ++q) {
    strip.load(b, panel);
    parts.multiply_add(a, task.a_row, strip);
    a += quad;
    b += Vectors * lanes;
  }
  if (left > 0) {
    float rest[Rows * quad] = {};
    for (Size i = 0; i < Rows; ++i)
      for (Size r = 0; r < left; ++r) rest[i * quad + r] = a[i * task.a_row + r];
    strip.load(b, panel);
    parts.multiply_add(rest, quad, strip);
  }
  Tile<Rows, 1> tile;
  start_tile(tile, task, c);
  parts.add_to(tile);
  finish_tile(tile, task, task.bias, c);
}

// With the strip of B and a block of A all sums fit into registers, 16 where a tile has 6 rows.
template <int Vectors>
constexpr Size narrow_rows = HWY_MIN(highest_tile<1>,
                                     ((tile_rows == 6 ? 16 : 32) - 1 - Vectors) / Vectors);
template <int Vectors, int... Rows>
constexpr Tiles narrow_heights(std::integer_sequence<int, Rows...>) {
  return {&run_narrow<Rows + 1, Vectors>...};
}
template <int Vectors>
inline constexpr Tiles narrow_tiles =
    narrow_heights<Vectors>(std::make_integer_sequence<int, narrow_rows<Vectors>>());

struct Narrow {
  const Tiles& tiles;
  Size highest;
};
HWY_INLINE Narrow narrow_for(Size columns) {
  switch (narrow_vectors(columns)) {
    case 1:
      return {narrow_tiles<1>, narrow_rows<1>};
    case 2:
      return {narrow_tiles<2>, narrow_rows<2>};
    case 3:
      return {narrow_tiles<3>, narrow_rows<3>};
    default:
      return {narrow_tiles<4>, narrow_rows<4>};
  }
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
