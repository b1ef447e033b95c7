#include "goodfit/compute/kernels/gemm/gemm.hpp"
#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/gemm/gemm_transposed_a.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "goodfit/compute/kernels/gemm/gemm_tile_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// Steps of k between visits of C.
constexpr Size steps = 4096 / panel;
// Floats of B that gemm_transposed_a copies to the stack for a group of panels, 128 KiB.
constexpr Size panels_copied = 8 * steps * panel;

// Tiles of A that are copied at once, so that whole lines of it are used.
constexpr Size tiles_copied = 16;
// Floats of one that is copied; a row is written in whole vectors.
constexpr Size copied_tile = steps * tile_rows + lanes;

// From the tile `begin` on, which `a` points to; whole lines of it at a time.
void copy_tiles(const float* a, Size a_step, Size depth, const Cut& cut, Size begin, float* to) {
  const Size end = HWY_MIN(begin + tiles_copied, cut.tiles);
  for (Size r = 0; r < depth; ++r)
    copy_step(a + r * a_step, a_step, r, cut, begin, end, copied_tile, to);
}

// Columns of C at most that are computed as rows of its transpose.
constexpr Size turned_most = lanes / 2;

// So few columns of C leave most of a vector empty: vectors run along m instead, where whole ones
// are left. Returns the first row that is not done.
Size turned_columns(const float* a, Size a_stride, const float* b, Size b_stride, Size k,
                    Size m_begin, Size m_end, Size columns, float* c, Size c_stride,
                    bool accumulate) {
  HWY_ALIGN float turned[HWY_MAX(turned_most, 3 * panels_at_once(3)) * panel];
  Size row = m_begin;
  while (m_end - row >= lanes) {
    const Size panels = panels_at_once(columns, (m_end - row) / panel);
    const bool one_vector = m_end - row < panel;
    const Size width = one_vector ? lanes : panels * panel;
    if (accumulate) transpose(c + row * c_stride, c_stride, width, columns, turned, width);
    const TileTask task{.a_step = b_stride,
                        .b = a + row,
                        .b_step = a_stride,
                        .k = k,
                        .c_stride = width,
                        .columns = width,
                        .resume = accumulate};
    wide_tile<true>(columns, panels, width)(task, b, turned);
    transpose(turned, width, columns, width, c + row * c_stride, c_stride);
    row += width;
  }
  return row;
}

// Where tiles are few and short, what surrounds them takes as long: a product that needs no copy,
// the shortest way. False when it is not such a one.
bool few_tiles(const float* a, Size a_stride, const float* b, Size b_stride, Size k, Size rows,
               Size n, float* c, Size c_stride, bool accumulate) {
  const Size one = n % panel, whole = n - one;
  if (rows > 2 * tile_rows || k > 32 || whole * k > 128 * panel || (one != 0 && one != lanes))
    return false;
  TileTask task{.a_step = a_stride,
                .b = b,
                .b_step = b_stride,
                .k = k,
                .c_stride = c_stride,
                .columns = panel,
                .resume = accumulate,
                .passes = whole / panel};
  if (whole > 0) run_tiles(tiles_of<2, true>, Cut(rows, tile_rows), task, a, c);
  if (one > 0) {
    task.b += whole;
    task.columns = one;
    task.passes = 1;
    run_tiles(tiles_of<1, true>, Cut(rows, highest_tile<1>), task, a, c + whole);
  }
  return true;
}

void whole_columns(const float* a, Size a_stride, const float* b, Size b_stride, Size k,
                   Size m_begin, Size m_end, Size n, float* c, Size c_stride, bool accumulate) {
  if (m_begin >= m_end || n <= 0) return;
  if (few_tiles(a + m_begin, a_stride, b, b_stride, k, m_end - m_begin, n, c + m_begin * c_stride,
                c_stride, accumulate))
    return;
  const Cut cut(m_end - m_begin, tile_rows);
  HWY_ALIGN float b_copy[panels_copied];
  float a_copy[tiles_copied * copied_tile];
  const Size depth_most = HWY_MAX(HWY_MIN(k, steps), Size{1});
  const Size group = panels_copied / (depth_most * panel) * panel;
  for (Size column = 0; column < n; column += group) {
    const Size columns = HWY_MIN(group, n - column);
    // A panel is copied where B ends inside of its vectors, where its lines are half a page and
    // more apart and many tiles want it, and where many of them share one set of a first-level
    // cache and several tiles do; else it is read as it lies. A tile is copied where its lines
    // share sets, the more of them the fewer panels want it. Vectors of 512 bits take longer for a
    // step than the second level: once they are under way, what the first has lost costs nothing.
    const bool is_quick = lanes < 16 || depth_most <= 32;
    const bool copy_all = (cut.tiles > (is_quick ? 8 : 12) && b_stride >= 512) ||
                          (is_quick && cut.tiles > 2 && lines_collide(b_stride, depth_most));
    const Size whole = columns / panel * panel, places = places_for(a_stride);
    const bool copy_a = is_quick && depth_most > places && whole / panel * depth_most > 16 * places;
    // More than 256 KiB of C come from afar; of many steps they come while others are summed.
    const bool c_from_afar = k <= steps && (m_end - m_begin) * n > 1 << 16;
    for (Size begin = 0; begin == 0 || begin < k; begin += steps) {
      const Size depth = HWY_MIN(steps, k - begin);
      const float* from = b + begin * b_stride + column;
      const bool copy_last = copy_all || columns - whole != lanes;
      copy_panels(from, b_stride, depth, copy_all ? 0 : whole, copy_last ? columns : whole, b_copy);
      const float* left = a + begin * a_stride + m_begin;
      float* to = c + m_begin * c_stride + column;
      TileTask task{.a_step = a_stride,
                    .b = copy_last ? b_copy + whole * depth : from + whole,
                    .b_step = copy_last ? panel : b_stride,
                    .k = depth,
                    .c_stride = c_stride,
                    .columns = columns - whole,
                    .resume = accumulate || begin > 0,
                    .c_from_afar = c_from_afar};
      if (whole < columns)
        run_tiles(tiles_for<true>(task.columns),
                  Cut(m_end - m_begin, highest_tile_for(task.columns)), task, left, to + whole);
      task.b = copy_all ? b_copy : from;
      task.b_step = copy_all ? panel : b_stride;
      task.b_panel = copy_all ? depth * panel : panel;
      task.passes = whole / panel;
      task.columns = panel;
      for (Size tile = 0; tile < cut.tiles; ++tile) {
        const Size rows = cut.rows(tile), place = tile % tiles_copied;
        if (copy_a && place == 0) copy_tiles(left, a_stride, depth, cut, tile, a_copy);
        if (copy_a) task.a_step = rows;
        tiles_of<2, true>[size_t(rows - 1)](task, copy_a ? a_copy + place * copied_tile : left, to);
        left += rows;
        to += rows * c_stride;
      }
    }
  }
}

// Of so few steps a tile's call costs more than its products: C is all that moves, a few rows at a
// time, as many as have their factors in registers.
constexpr Size few_steps = 4;
template <int K>
constexpr int rows_together = K <= 2 ? 4 : 2;

template <int K, int Rows, bool Accumulate>
HWY_INLINE void few_rows(const float* a, Size a_stride, const float* b, Size b_stride, Size n,
                         float* c, Size c_stride) {
  V factor[Rows][K];
  HWY_UNROLL(4) for (int i = 0; i < Rows; ++i) {
    HWY_UNROLL(4) for (int r = 0; r < K; ++r) factor[i][r] = set(a[r * a_stride + i]);
  }
  each_vector(n, [&](const auto& at, Size j) HWY_ATTR {
    V x[K];
    HWY_UNROLL(4) for (int r = 0; r < K; ++r) x[r] = at.load(b + r * b_stride + j);
    HWY_UNROLL(4) for (int i = 0; i < Rows; ++i) {
      float* const to = c + i * c_stride + j;
      V sum = Accumulate ? at.load(to) : zero();
      HWY_UNROLL(4) for (int r = 0; r < K; ++r) sum = hn::MulAdd(factor[i][r], x[r], sum);
      at.store(sum, to);
    }
  });
}

template <int K, bool Accumulate>
void rows_of_few_steps(const float* a, Size a_stride, const float* b, Size b_stride, Size m_begin,
                       Size m_end, Size n, float* c, Size c_stride) {
  Size row = m_begin;
  for (; row + rows_together<K> <= m_end; row += rows_together<K>)
    few_rows<K, rows_together<K>, Accumulate>(a + row, a_stride, b, b_stride, n, c + row * c_stride,
                                              c_stride);
  for (; row < m_end; ++row)
    few_rows<K, 1, Accumulate>(a + row, a_stride, b, b_stride, n, c + row * c_stride, c_stride);
}
template <bool Accumulate>
constexpr decltype(&rows_of_few_steps<1, Accumulate>) rows_of[few_steps] = {
    rows_of_few_steps<1, Accumulate>, rows_of_few_steps<2, Accumulate>,
    rows_of_few_steps<3, Accumulate>, rows_of_few_steps<4, Accumulate>};

void gemm_transposed_a(const float* a, Size a_stride, const float* b, Size b_stride, Size k,
                       Size m_begin, Size m_end, Size n, float* c, Size c_stride, bool accumulate) {
  const Size few = n % panel, m = m_end - m_begin;
  const bool is_short = k > 0 && k <= few_steps;
  // Columns that fill half of a vector, or fewer in so many rows, which are turned.
  if (is_short ? n == half
               : m < lanes && (few == half || (few > 0 && few <= half / 2 && m == half))) {
    n -= few;
    halves::gemm_transposed_a(a, a_stride, b + n, b_stride, k, m_begin, m_end, few, c + n, c_stride,
                              accumulate);
    if (n == 0) return;
  }
  if (is_short)
    return (accumulate ? rows_of<true> : rows_of<false>)[k - 1](a, a_stride, b, b_stride, m_begin,
                                                                m_end, n, c, c_stride);
  if (few > 0 && few <= turned_most && m >= lanes) {
    n -= few;
    const Size done = turned_columns(a, a_stride, b + n, b_stride, k, m_begin, m_end, few, c + n,
                                     c_stride, accumulate);
    whole_columns(a, a_stride, b + n, b_stride, k, done, m_end, few, c + n, c_stride, accumulate);
  }
  whole_columns(a, a_stride, b, b_stride, k, m_begin, m_end, n, c, c_stride, accumulate);
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(gemm_transposed_a);

void gemm_transposed_a(const float* a, Size a_stride, const float* b, Size b_stride, Size k,
                       Size m_begin, Size m_end, Size n, float* c, Size c_stride, bool accumulate) {
  HWY_DYNAMIC_DISPATCH(gemm_transposed_a)
  (a, a_stride, b, b_stride, k, m_begin, m_end, n, c, c_stride, accumulate);
}

}  // namespace goodfit::kernels
#endif
