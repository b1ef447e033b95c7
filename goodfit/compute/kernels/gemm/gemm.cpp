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

// Rows, cut into the fewest tiles, these as equal as possible: 32 → 11, 11, 10.
struct Cut {
  Size tiles, height, taller;
  Cut(Size rows, Size highest)
      : tiles((rows + highest - 1) / highest), height(rows / tiles), taller(rows % tiles) {}
  Size rows(Size tile) const { return height + (tile < taller); }
};

// One tile after another down the rows of a panel. The task holds the first and is used up.
HWY_INLINE void run_tiles(const Tiles& tiles, const Cut& cut, TileTask task) {
  for (Size tile = 0; tile < cut.tiles; ++tile) {
    const Size rows = cut.rows(tile);
    tiles[size_t(rows - 1)](task);
    task.a += rows * task.a_row;
    task.c += rows * task.c_stride;
  }
}

// Rows that lie a multiple of 4 KiB apart share one set of a first-level cache, which has 8 places:
// a taller tile would throw out its own lines of A.
Size forward_height(Size a_stride) {
  return a_stride % 1024 == 0 ? HWY_MIN(tile_rows, Size{6}) : tile_rows;
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

// Copies `columns` ≤ panel columns of B[k, ...] side by side, zeros beyond.
HWY_INLINE void copy_panel(const float* b, Size b_stride, Size k, Size columns, float* to) {
  for (Size r = 0; r < k; ++r, b += b_stride, to += panel) {
    Strip<Tag, 2> strip;
    if (columns == panel) {
      strip.load(b, panel);
    } else {
      strip.load_some(b, columns);
    }
    strip.store(to);
  }
}

void gemm_block(const float* a, Size a_stride, const Right& right, Size rows, Size k, Size n,
                float* c, Size c_stride, const Epilogue& epilogue) {
  const Cut cut(rows, forward_height(a_stride));
  const bool relu = epilogue.activation == Epilogue::Activation::relu;
  const Size block = cut.tiles == 1 && right.padded ? HWY_MAX(k, Size{1}) : k_block;
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
      if (copied) copy_panel(b, right.step, HWY_MIN(block, k - begin), columns, last_panel);
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
        run_tiles(tiles_for<false>(columns), cut, task);
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

// Floats of B that gemm_transposed_a copies to the stack for a group of panels, 32 KiB.
constexpr Size panels_copied = 2 * k_block * panel;

// A tile of A, its rows side by side: a stride of whole 4 KiB would let its lines throw
// each other out of the first-level cache before the next panel needs them.
const float* copy_rows(const float* a, Size a_step, Size depth, Size rows, float* to) {
  for (Size r = 0; r < depth; ++r) {
    for (Size i = 0; i < rows; ++i) to[r * rows + i] = a[r * a_step + i];
  }
  return to;
}

void gemm_transposed_a(const float* a, Size a_stride, const float* b, Size b_stride, Size k,
                       Size m_begin, Size m_end, Size n, float* c, Size c_stride, bool accumulate) {
  if (m_begin >= m_end) return;
  const Cut cut(m_end - m_begin, tile_rows);
  HWY_ALIGN float b_copy[panels_copied];
  float a_copy[k_block * tile_rows];
  const Size depth_most = HWY_MAX(HWY_MIN(k, k_block), Size{1});
  const Size group = panels_copied / (depth_most * panel) * panel;
  for (Size column = 0; column < n; column += group) {
    const Size columns = HWY_MIN(group, n - column);
    // Copies pay when several readers follow; a panel that B ends inside of needs one.
    const bool copy_all = cut.tiles > 2;
    const Size whole = columns / panel * panel;
    const bool copy_a = a_stride % 1024 == 0 && columns >= 8 * panel;
    for (Size begin = 0; begin == 0 || begin < k; begin += k_block) {
      const Size depth = HWY_MIN(k_block, k - begin);
      const float* from = b + begin * b_stride + column;
      for (Size at = copy_all ? 0 : whole; at < columns; at += panel) {
        copy_panel(from + at, b_stride, depth, HWY_MIN(panel, columns - at), b_copy + at * depth);
      }
      const float* a_from = a + begin * a_stride + m_begin;
      float* to = c + m_begin * c_stride + column;
      for (Size tile = 0; tile < cut.tiles; ++tile) {
        const Size rows = cut.rows(tile);
        TileTask task{.a = copy_a ? copy_rows(a_from, a_stride, depth, rows, a_copy) : a_from,
                      .a_row = 1,
                      .a_step = copy_a ? rows : a_stride,
                      .b = nullptr,
                      .b_step = 0,
                      .b_panel = panel,
                      .k = depth,
                      .c = nullptr,
                      .c_stride = c_stride,
                      .columns = 0,
                      .resume = accumulate || begin > 0,
                      .bias = nullptr,
                      .relu = false};
        for (Size at = 0; at < columns; at += panel) {
          const bool copied = copy_all || at == whole;
          task.b = copied ? b_copy + at * depth : from + at;
          task.b_step = copied ? panel : b_stride;
          task.c = to + at;
          task.columns = HWY_MIN(panel, columns - at);
          tiles_for<true>(task.columns)[size_t(rows - 1)](task);
        }
        a_from += rows;
        to += rows * c_stride;
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
