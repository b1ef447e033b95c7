#include "goodfit/compute/kernels/gemm/gemm.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/gemm/gemm.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "goodfit/compute/kernels/gemm/gemm_narrow_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {

// Rows that lie a multiple of 4 KiB apart share one set of a first-level cache, which has 8 places:
// a taller tile would throw out its own lines of A.
static Size forward_height(Size a_stride, Size highest) {
  return a_stride % 1024 == 0 ? HWY_MIN(highest, Size{6}) : highest;
}

void run_panel(const TileTask& task, const float* a, float* c, Size rows) {
  const Cut cut(rows, forward_height(task.a_row, highest_tile_for(task.columns)));
  run_tiles(tiles_for<false>(task.columns), cut, task, a, c);
}

namespace {

// C[rows, n] = epilogue(A[rows, k] B[k, n]).
struct Product {
  const float* a;
  Size a_row;
  const float* b;  // B(r, c) of column c = panel · p lies at b[c · b_across + r · b_step]
  Size b_across, b_step;
  bool packed;
  Size rows, k, n;
  float* c;
  Size c_row;
  const Epilogue& epilogue;

  bool relu() const { return epilogue.activation == Epilogue::Activation::relu; }
  Size narrow() const { return narrow_columns(k, n, packed ? narrow_packed : narrow_in_place); }
};

void narrow_block(const Product& p, Size row, Size rows) {
  LastBias last_bias;
  HWY_ALIGN float turned[HWY_MAX(narrow_floats(narrow_depth, narrow_in_place), lanes)];
  const Size columns = p.narrow(), column = p.n - columns;
  const float* bias = last_bias.of(p.epilogue.bias, column, columns);
  const Narrow narrow = narrow_for(columns);
  const Cut cut(rows, forward_height(p.a_row, narrow.highest));
  const float* b = p.b + column * p.b_across;
  // The same blocks for any number of rows, since a sum is rounded where it is cut.
  for (Size begin = 0; begin == 0 || begin < p.k; begin += narrow_depth) {
    const Size depth = HWY_MIN(narrow_depth, p.k - begin);
    const bool last = begin + depth >= p.k;
    if (!p.packed) pack_narrow(b + begin * p.b_step, p.b_step, false, depth, columns, turned);
    run_tiles(narrow.tiles, cut,
              {.a_row = p.a_row,
               .b = p.packed ? b + narrow_floats(begin, columns) : turned,
               .k = depth,
               .c_stride = p.c_row,
               .columns = columns,
               .resume = begin > 0,
               .bias = last ? bias : nullptr,
               .relu = last && p.relu()},
              p.a + row * p.a_row + begin, p.c + row * p.c_row + column);
  }
}

// Floats of B, 64 KiB, that a tile may pass over as a whole: the next one finds them near by.
constexpr Size near_floats = 1 << 14;
// Floats, 4 MiB, that are no longer near by when their turn comes.
constexpr Size far_floats = 1 << 20;

// Steps of k between visits of C, at most.
constexpr Size deepest = 1024;

// Columns that end inside of a panel, whose vectors would be read beyond their ends.
void last_columns(TileTask task, const float* a, float* c, Size rows, bool packed) {
  LastBias last_bias;
  HWY_ALIGN float last_panel[deepest * panel];
  task.bias = last_bias.of(task.bias, 0, task.columns);
  if (!packed) {
    copy_panels(task.b, task.b_step, task.k, 0, task.columns, last_panel);
    task.b = last_panel;
    task.b_step = panel;
  }
  run_panel(task, a, c, rows);
}

// Rows and steps of k from `from` to `until`. What surrounds the tiles is kept short: products of a
// few hundred flops take no longer than it.
void gemm_block(const Product& p, Size row, Size rows, Size from, Size until) {
  const float* const a = p.a + row * p.a_row + from;
  float* const c = p.c + row * p.c_row;
  const Size depth = until - from, narrow = p.narrow(), wide = p.n - narrow;
  const bool last = until == p.k;
  const bool one_tile = rows <= forward_height(p.a_row, highest_tile<2>);
  // Whether a tile passes over all panels in one call: B is read once or lies near by.
  const bool one_call = one_tile || p.k * p.n <= near_floats;
  TileTask task{.a_row = p.a_row,
                .b = p.b + from * p.b_step,
                .b_step = p.b_step,
                .b_panel = panel * p.b_across,
                .k = depth,
                .c_stride = p.c_row,
                .resume = from > 0,
                .bias = last ? p.epilogue.bias : nullptr,
                .relu = last && p.relu()};
  // Of panels that come from afar the next is asked for meanwhile, by tiles enough to share it; not
  // where k is cut, as what comes next lies apart from it: that took time (bench/NOTES.md).
  task.from_afar = p.packed && depth == p.k && p.k * p.n >= far_floats && rows >= 32;
  // Many rows, which are read once where B lies near by, come from memory; shorter ones than four
  // lines are not worth it: a tile of them is over too soon.
  task.rows_from_afar = one_call && p.k >= 64 && p.rows * p.k >= far_floats;
  for (Size column = 0; column < wide; column += task.columns) {
    const Size more = (wide - column) / panel, panels = panels_at_once(rows, more);
    task.passes = one_call && more > 0 ? more >> panels / 2 : 1;
    task.columns = more > 0 ? panels * task.passes * panel : wide - column;
    if (more == 0 && task.columns != lanes && (task.bias || !p.packed))
      last_columns(task, a, c + column, rows, p.packed);
    else if (one_tile)
      wide_tile<false>(rows, panels, task.columns)(task, a, c + column);
    else
      run_panel(task, a, c + column, rows);
    task.b += panels * task.passes * task.b_panel;
    if (task.bias) task.bias += task.columns;
  }
  if (narrow > 0 && last) narrow_block(p, row, rows);
}

HWY_INLINE void gemm_rows(const Product& p) {
  // As many rows as half a second-level cache of 512 KiB holds, for A is read once per panel; and
  // of long ones a part at a time, lest they be few, for B is read once per block of rows.
  constexpr Size few = 4 * tile_rows;
  if (p.rows > 0 && p.rows <= few && p.k <= deepest) return gemm_block(p, 0, p.rows, 0, p.k);
  const bool is_whole = p.rows <= tile_rows && p.packed;
  const Size deep = HWY_MAX(is_whole ? p.k : HWY_MIN(p.k, deepest), Size{1});
  const Size most = HWY_MAX(65536 / deep, few);
  for (Size row = 0; row < p.rows; row += most)
    for (Size begin = 0; begin == 0 || begin < p.k; begin += deep)
      gemm_block(p, row, HWY_MIN(most, p.rows - row), begin, HWY_MIN(begin + deep, p.k));
}

void gemm_packed(const float* a, Size a_stride, const float* packed, Size rows, Size k, Size n,
                 float* c, Size c_stride, const Epilogue& epilogue) {
  if (packed_in_halves(k, n))
    return halves::gemm_packed(a, a_stride, packed, rows, k, n, c, c_stride, epilogue);
  gemm_rows({a, a_stride, packed, k, panel, true, rows, k, n, c, c_stride, epilogue});
}

void gemm_in_place(const float* a, Size a_stride, const float* b, Size b_stride, Size rows, Size k,
                   Size n, float* c, Size c_stride) {
  if (n == half && k < deepest)
    return halves::gemm_in_place(a, a_stride, b, b_stride, rows, k, n, c, c_stride);
  gemm_rows({a, a_stride, b, 1, b_stride, false, rows, k, n, c, c_stride, {}});
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(gemm_packed);
HWY_EXPORT(gemm_in_place);

void gemm_packed(const float* a, Size a_stride, const float* packed, Size rows, Size k, Size n,
                 float* c, Size c_stride, const Epilogue& epilogue) {
  HWY_DYNAMIC_DISPATCH(gemm_packed)
  (a, a_stride, packed, rows, k, n, c, c_stride, epilogue);
}

void gemm_in_place(const float* a, Size a_stride, const float* b, Size b_stride, Size rows, Size k,
                   Size n, float* c, Size c_stride) {
  HWY_DYNAMIC_DISPATCH(gemm_in_place)(a, a_stride, b, b_stride, rows, k, n, c, c_stride);
}

}  // namespace goodfit::kernels
#endif
