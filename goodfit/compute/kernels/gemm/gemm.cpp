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

// A[rows, k]. Many rows, which are read once where B lies near by, come from memory.
struct Left {
  const float* data;
  Size stride;
  bool from_afar;
};

// B[k, n]: B(r, c) of column c = panel · p lies at data[c · across + r · step].
struct Right {
  const float* data;
  Size across, step;
  bool packed;
};

void narrow_block(const float* a, Size a_stride, const Right& right, Size rows, Size k, Size column,
                  Size columns, float* c, Size c_stride, const Epilogue& epilogue) {
  LastBias last_bias;
  HWY_ALIGN float turned[HWY_MAX(narrow_floats(narrow_depth, narrow_in_place), lanes)];
  const float* bias = last_bias.of(epilogue.bias, column, columns);
  const Narrow narrow = narrow_for(columns);
  const Cut cut(rows, forward_height(a_stride, narrow.highest));
  const float* b = right.data + column * right.across;
  // The same blocks for any number of rows, since a sum is rounded where it is cut.
  for (Size begin = 0; begin == 0 || begin < k; begin += narrow_depth) {
    const Size depth = HWY_MIN(narrow_depth, k - begin);
    const bool last = begin + depth >= k;
    if (!right.packed)
      pack_narrow(b + begin * right.step, right.step, false, depth, columns, turned);
    run_tiles(narrow.tiles, cut,
              {.a_row = a_stride,
               .b = right.packed ? b + narrow_floats(begin, columns) : turned,
               .k = depth,
               .c_stride = c_stride,
               .columns = columns,
               .resume = begin > 0,
               .bias = last ? bias : nullptr,
               .relu = last && epilogue.activation == Epilogue::Activation::relu},
              a + begin, c + column);
  }
}

// Floats of B, 64 KiB, that a tile may pass over as a whole: the next one finds them near by.
constexpr Size near_floats = 1 << 14;
// Floats of B, 4 MiB, that are no longer near by when their turn comes.
constexpr Size far_floats = 1 << 20;

// Steps of k between visits of C, at most.
constexpr Size deepest = 1024;

// Of the k steps those from `from` to `until`.
void gemm_block(const Left& left, const Right& right, Size rows, Size from, Size until, Size k,
                Size n, float* c, Size c_stride, const Epilogue& epilogue) {
  const Size narrow = narrow_columns(k, n, right.packed ? narrow_packed : narrow_in_place);
  const bool one_tile = rows <= forward_height(left.stride, highest_tile<2>);
  const bool relu = epilogue.activation == Epilogue::Activation::relu;
  // Of panels that come from afar the next is asked for meanwhile, by tiles enough to share it; not
  // where k is cut, as what comes next lies apart from it: that took time (bench/NOTES.md).
  const bool from_afar = right.packed && until - from == k && k * n >= far_floats && rows >= 32;
  LastBias last_bias;
  HWY_ALIGN float last_panel[deepest * panel];
  const Size depth = until - from;
  // Whether a tile passes over all panels in one call: B is read once or lies near by.
  const bool one_call = one_tile || k * n <= near_floats;
  // Shorter rows than four lines are not worth it: a tile of them is over too soon.
  const bool rows_from_afar = left.from_afar && one_call && k >= 64;
  const float* const b_from = right.data + from * right.step;
  for (Size column = 0; column < n - narrow;) {
    const Size more = (n - narrow - column) / panel;
    const Size panels = panels_at_once(rows, more);
    const Size passes = one_call ? HWY_MAX(more / panels, Size{1}) : 1;
    const Size columns = HWY_MIN(n - narrow - column, panels * passes * panel);
    const float *b = b_from + column * right.across, *bias = nullptr;
    if (until == k) bias = last_bias.of(epilogue.bias, column, columns);
    // What is no whole vector would be read beyond its end.
    const bool copied = columns < panel && columns != lanes && !right.packed;
    if (copied) copy_panels(b, right.step, depth, 0, columns, last_panel);
    const TileTask task{.a_row = left.stride,
                        .b = copied ? last_panel : b,
                        .b_step = copied ? panel : right.step,
                        .b_panel = panel * right.across,
                        .k = depth,
                        .c_stride = c_stride,
                        .columns = columns,
                        .resume = from > 0,
                        .bias = bias,
                        .relu = until == k && relu,
                        .from_afar = from_afar,
                        .rows_from_afar = rows_from_afar,
                        .passes = passes};
    if (panels > 1)
      wide_tile<false>(rows, panels)(task, left.data + from, c + column);
    else
      run_panel(task, left.data + from, c + column, rows);
    column += columns;
  }
  if (narrow > 0 && until == k)
    narrow_block(left.data, left.stride, right, rows, k, n - narrow, narrow, c, c_stride, epilogue);
}

void gemm_rows(const float* a, Size a_stride, const Right& right, Size rows, Size k, Size n,
               float* c, Size c_stride, const Epilogue& epilogue) {
  // As many rows as half a second-level cache of 512 KiB holds, for A is read once per panel; and
  // of long ones a part at a time, lest they be few, for B is read once per block of rows.
  const bool one_tile = rows <= tile_rows && right.packed;
  const Size deep = HWY_MAX(one_tile ? k : HWY_MIN(k, deepest), Size{1});
  const Size most = HWY_MAX(65536 / deep, 4 * tile_rows);
  const bool from_afar = rows * k >= far_floats;
  for (Size row = 0; row < rows; row += most)
    for (Size begin = 0; begin == 0 || begin < k; begin += deep)
      gemm_block({a + row * a_stride, a_stride, from_afar}, right, HWY_MIN(most, rows - row), begin,
                 HWY_MIN(begin + deep, k), k, n, c + row * c_stride, c_stride, epilogue);
}

void gemm_packed(const float* a, Size a_stride, const float* packed, Size rows, Size k, Size n,
                 float* c, Size c_stride, const Epilogue& epilogue) {
  gemm_rows(a, a_stride, {packed, k, panel, true}, rows, k, n, c, c_stride, epilogue);
}

void gemm_in_place(const float* a, Size a_stride, const float* b, Size b_stride, Size rows, Size k,
                   Size n, float* c, Size c_stride) {
  gemm_rows(a, a_stride, {b, 1, b_stride, false}, rows, k, n, c, c_stride, {});
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
