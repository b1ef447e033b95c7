#include "goodfit/compute/kernels/gemm/gemm.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/gemm/gemm.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "goodfit/compute/kernels/gemm/gemm_tile_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// Steps of k between visits of C: a panel's block takes half of a 32 KiB first-level cache.
constexpr Size k_block = 4096 / panel;

// One tile after another down the rows of a panel. The task holds the first and is used up.
template <bool Transposed>
HWY_INLINE void run_tiles(const Cut& cut, TileTask task) {
  const Tiles& tiles = tiles_for<Transposed>(task.columns);
  for (Size tile = 0; tile < cut.tiles; ++tile) {
    const Size rows = cut.rows(tile);
    tiles[size_t(rows - 1)](task);
    task.a += rows * task.a_row;
    task.c += rows * task.c_stride;
  }
}

// Rows that lie a multiple of 4 KiB apart share one set of a first-level cache, which has 8 places:
// a taller tile would throw out its own lines of A.
Size forward_height(Size a_stride, Size columns) {
  return a_stride % 1024 == 0 ? Size{6} : highest_tile_for(columns);
}

// Few rows make few independent sums, too few to hide the latency of an addition: they take
// several panels at once.
Size panels_at_once(Size rows) { return rows == 1 ? 4 : rows <= 3 ? 2 : 1; }

RunTile wide_tile(Size rows) {
  return rows == 1   ? run_tile<Tag, 1, 8, false>
         : rows == 2 ? run_tile<Tag, 2, 4, false>
                     : run_tile<Tag, 3, 4, false>;
}

// B[k, n]: B(r, c) of column c = panel · p lies at data[c · across + r · step].
struct Right {
  const float* data;
  Size across, step;
  bool padded;  // the last panel may be read beyond n
};

// Copies the columns [begin, end) of B[k, ...] into panels, zeros beyond. Row by row: a processor
// foresees what it reads in order.
HWY_INLINE void copy_panels(const float* b, Size b_stride, Size k, Size begin, Size end,
                            float* to) {
  for (Size r = 0; r < k; ++r, b += b_stride, to += panel) {
    Size at = begin;
    for (; at + panel <= end; at += panel) {
      Strip<Tag, 2> strip;
      strip.load(b + at, panel);
      strip.store(to + at * k);
    }
    if (at < end) {
      Strip<Tag, 2> strip;
      strip.load_some(b + at, end - at);
      strip.store(to + at * k);
    }
  }
}

void gemm_block(const float* a, Size a_stride, const Right& right, Size rows, Size k, Size n,
                float* c, Size c_stride, const Epilogue& epilogue) {
  const bool one_tile = rows <= forward_height(a_stride, panel);
  const bool relu = epilogue.activation == Epilogue::Activation::relu;
  const Size block = one_tile && right.padded ? HWY_MAX(k, Size{1}) : k_block;
  HWY_ALIGN float last_bias[panel] = {};
  HWY_ALIGN float last_panel[k_block * panel];
  for (Size column = 0; column < n;) {
    const Size many = panels_at_once(rows) * panel;
    const bool wide = many > panel && column + many <= n;
    const Size columns = HWY_MIN(n - column, wide ? many : panel);
    const float* bias = epilogue.bias ? epilogue.bias + column : nullptr;
    if (bias && columns < panel) {
      for (Size i = 0; i < columns; ++i) last_bias[i] = bias[i];
      bias = last_bias;
    }
    for (Size begin = 0; begin == 0 || begin < k; begin += block) {
      const bool last = begin + block >= k;
      const float* b = right.data + column * right.across + begin * right.step;
      const bool copied = columns < panel && !right.padded;
      if (copied) copy_panels(b, right.step, HWY_MIN(block, k - begin), 0, columns, last_panel);
      const TileTask task{.a = a + begin,
                          .a_row = a_stride,
                          .a_step = 1,
                          .b = copied ? last_panel : b,
                          .b_step = copied ? panel : right.step,
                          .b_panel = panel * right.across,
                          .k = HWY_MIN(block, k - begin),
                          .c = c + column,
                          .c_stride = c_stride,
                          .columns = columns,
                          .resume = begin > 0,
                          .bias = last ? bias : nullptr,
                          .relu = last && relu};
      if (wide) {
        wide_tile(rows)(task);
      } else {
        run_tiles<false>(Cut(rows, forward_height(a_stride, columns)), task);
      }
    }
    column += columns;
  }
}

void gemm_rows(const float* a, Size a_stride, const Right& right, Size rows, Size k, Size n,
               float* c, Size c_stride, const Epilogue& epilogue) {
  // As many rows as half a second-level cache of 512 KiB holds, for A is read once per panel.
  const Size most = HWY_MAX(65536 / HWY_MAX(k, Size{1}), 4 * tile_rows);
  for (Size row = 0; row < rows; row += most) {
    gemm_block(a + row * a_stride, a_stride, right, HWY_MIN(most, rows - row), k, n,
               c + row * c_stride, c_stride, epilogue);
  }
}

void gemm_packed(const float* a, Size a_stride, const float* packed, Size rows, Size k, Size n,
                 float* c, Size c_stride, const Epilogue& epilogue) {
  gemm_rows(a, a_stride, {packed, k, panel, true}, rows, k, n, c, c_stride, epilogue);
}

void gemm_in_place(const float* a, Size a_stride, const float* b, Size b_stride, Size rows, Size k,
                   Size n, float* c, Size c_stride) {
  gemm_rows(a, a_stride, {b, 1, b_stride, false}, rows, k, n, c, c_stride, {});
}

// Floats of B that gemm_transposed_a copies to the stack for a group of panels, 128 KiB.
constexpr Size panels_copied = 8 * k_block * panel;

// Tiles of A that are copied at once, so that whole lines of it are used.
constexpr Size tiles_copied = 8;
// Floats of one that is copied; a row is written in whole vectors.
constexpr Size copied_tile = k_block * tile_rows + lanes;

// From the tile `begin` on, which `a` points to; the rows of each side by side.
void copy_tiles(const float* a, Size a_step, Size depth, const Cut& cut, Size begin, float* to) {
  const Size end = HWY_MIN(begin + tiles_copied, cut.tiles);
  for (Size r = 0; r < depth; ++r) {
    const float* from = a + r * a_step;
    for (Size tile = begin; tile < end; ++tile) {
      const Size rows = cut.rows(tile);
      for (Size i = 0; i < rows; i += lanes) {
        Strip<Tag, 1> strip;
        strip.load_some(from + i, rows - i);
        strip.store(to + (tile - begin) * copied_tile + r * rows + i);
      }
      from += rows;
    }
  }
}

// Whether `depth` lines so far apart are more than four times as many as a first-level cache has
// places for, as a multiple of 4 KiB lets all of them share one set of 8. Fewer, the second level
// brings in time.
bool lines_collide(Size stride, Size depth) {
  const Size power_of_two = HWY_MIN(stride & -stride, Size{1024});
  const Size places = 8 * 1024 / power_of_two;
  return depth > 4 * places;
}

void gemm_transposed_a(const float* a, Size a_stride, const float* b, Size b_stride, Size k,
                       Size m_begin, Size m_end, Size n, float* c, Size c_stride, bool accumulate) {
  if (m_begin >= m_end) return;
  const Cut cut(m_end - m_begin, tile_rows);
  HWY_ALIGN float b_copy[panels_copied];
  float a_copy[tiles_copied * copied_tile];
  const Size depth_most = HWY_MAX(HWY_MIN(k, k_block), Size{1});
  const Size group = panels_copied / (depth_most * panel) * panel;
  for (Size column = 0; column < n; column += group) {
    const Size columns = HWY_MIN(group, n - column);
    // A panel is read as it lies, but for one that B ends inside of, and where many of its lines
    // share one set of a first-level cache and several tiles want them.
    const bool copy_all = cut.tiles > 2 && b_stride % 1024 == 0 && depth_most > 64;
    const Size whole = columns / panel * panel;
    const bool copy_a = columns >= 3 * panel && lines_collide(a_stride, depth_most);
    for (Size begin = 0; begin == 0 || begin < k; begin += k_block) {
      const Size depth = HWY_MIN(k_block, k - begin);
      const float* from = b + begin * b_stride + column;
      copy_panels(from, b_stride, depth, copy_all ? 0 : whole, columns, b_copy);
      TileTask task{.a = a + begin * a_stride + m_begin,
                    .a_row = 1,
                    .a_step = a_stride,
                    .b = b_copy + whole * depth,
                    .b_step = panel,
                    .b_panel = panel,
                    .k = depth,
                    .c = c + m_begin * c_stride + column + whole,
                    .c_stride = c_stride,
                    .columns = columns - whole,
                    .resume = accumulate || begin > 0,
                    .bias = nullptr,
                    .relu = false};
      if (whole < columns)
        run_tiles<true>(Cut(m_end - m_begin, highest_tile_for(task.columns)), task);
      task.b_step = copy_all ? panel : b_stride;
      task.columns = panel;
      task.c -= whole;
      for (Size tile = 0; tile < cut.tiles; ++tile) {
        const Size rows = cut.rows(tile), place = tile % tiles_copied;
        if (copy_a && place == 0) copy_tiles(task.a, a_stride, depth, cut, tile, a_copy);
        TileTask each = task;
        if (copy_a) {
          each.a = a_copy + place * copied_tile;
          each.a_step = rows;
        }
        for (Size at = 0; at < whole; at += panel) {
          each.b = copy_all ? b_copy + at * depth : from + at;
          tiles_of<Tag, 2, true>[size_t(rows - 1)](each);
          each.c += panel;
        }
        task.a += rows;
        task.c += rows * c_stride;
      }
    }
  }
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(gemm_packed);
HWY_EXPORT(gemm_in_place);
HWY_EXPORT(gemm_transposed_a);

void gemm_packed(const float* a, Size a_stride, const float* packed, Size rows, Size k, Size n,
                 float* c, Size c_stride, const Epilogue& epilogue) {
  HWY_DYNAMIC_DISPATCH(gemm_packed)
  (a, a_stride, packed, rows, k, n, c, c_stride, epilogue);
}

void gemm_in_place(const float* a, Size a_stride, const float* b, Size b_stride, Size rows, Size k,
                   Size n, float* c, Size c_stride) {
  HWY_DYNAMIC_DISPATCH(gemm_in_place)(a, a_stride, b, b_stride, rows, k, n, c, c_stride);
}

void gemm_transposed_a(const float* a, Size a_stride, const float* b, Size b_stride, Size k,
                       Size m_begin, Size m_end, Size n, float* c, Size c_stride, bool accumulate) {
  HWY_DYNAMIC_DISPATCH(gemm_transposed_a)
  (a, a_stride, b, b_stride, k, m_begin, m_end, n, c, c_stride, accumulate);
}

}  // namespace goodfit::kernels
#endif
