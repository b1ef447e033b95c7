#include "goodfit/compute/kernels/gemm/gemm.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/gemm/gemm_pack.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>

#include "goodfit/compute/kernels/gemm/gemm_narrow_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

Size panel_columns() { return panel; }

Size packed_floats(Size k, Size n) {
  if (packed_in_halves(k, n)) return halves::packed_floats(k, n);
  const Size narrow = narrow_columns(k, n, narrow_packed);
  return (n - narrow + panel - 1) / panel * panel * k + narrow_floats(k, narrow);
}

void straight(const float* b, Size k, Size row_stride, Size columns, float* to) {
  const Tag d;
  for (Size r = 0; r < k; ++r, b += row_stride, to += panel) {
    if (columns == panel) {
      hn::StoreU(hn::LoadU(d, b), d, to);
      hn::StoreU(hn::LoadU(d, b + lanes), d, to + lanes);
    } else {
      for (Size c = 0; c < panel; ++c) to[c] = c < columns ? b[c] : 0.0f;
    }
  }
}

// Steps [k_begin, k) of columns [begin, end) of a panel, one element at a time.
void turn_slowly(const float* b, Size k_begin, Size k, Size row_stride, Size begin, Size end,
                 float* to) {
  for (Size c = begin; c < end; ++c) {
    for (Size r = k_begin; r < k; ++r) to[r * panel + c] = b[c * row_stride + r];
  }
}

#if HWY_TARGET == HWY_SCALAR
Size turn(const float*, Size, Size, float*) { return 0; }
#else
// Four floats from every fourth row, a 128-bit block to a row.
template <class D>
HWY_INLINE hn::Vec<D> blocks(D d, const float* b, Size row_stride) {
  if constexpr (hn::MaxLanes(d) == 4) {
    return hn::LoadU(d, b);
  } else {
    const hn::Half<D> half;
    const Size rows = Size(hn::MaxLanes(half));
    return hn::Combine(d, blocks(half, b + rows * row_stride, row_stride),
                       blocks(half, b, row_stride));
  }
}

// A vector of columns, four steps of k at a time: 4×4 transpositions inside the blocks.
// Returns the first step that is left.
Size turn(const float* b, Size k, Size row_stride, float* to) {
  const Tag d;
  Size r = 0;
  for (; r + 4 <= k; r += 4, b += 4, to += 4 * panel) {
    turn_blocks(d, blocks(d, b, row_stride), blocks(d, b + row_stride, row_stride),
                blocks(d, b + 2 * row_stride, row_stride),
                blocks(d, b + 3 * row_stride, row_stride), to, panel);
  }
  return r;
}
#endif

void turned(const float* b, Size k, Size row_stride, Size columns, float* to) {
  if (columns < panel) std::fill_n(to, k * panel, 0.0f);
  Size done = 0;
  for (; lanes > 1 && done + lanes <= columns; done += lanes) {
    const Size left = turn(b + done * row_stride, k, row_stride, to + done);
    turn_slowly(b, left, k, row_stride, done, done + lanes, to);
  }
  turn_slowly(b, 0, k, row_stride, done, columns, to);
}

void pack_panels(const float* b, Size k, Size n, Size row_stride, bool transposed, float* packed,
                 Size panel_begin, Size panel_end) {
  if (packed_in_halves(k, n))
    return halves::pack_panels(b, k, n, row_stride, transposed, packed, panel_begin, panel_end);
  for (Size p = panel_begin; p < panel_end; ++p) {
    const Size column = p * panel;
    const Size columns = HWY_MIN(panel, n - column);
    float* to = packed + column * k;
    if (columns == narrow_columns(k, n, narrow_packed)) {
      const float* from = b + column * (transposed ? row_stride : 1);
      pack_narrow(from, row_stride, transposed, k, columns, to);
      continue;
    }
    if (transposed) {
      turned(b + column * row_stride, k, row_stride, columns, to);
    } else {
      straight(b + column, k, row_stride, columns, to);
    }
  }
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(panel_columns);
HWY_EXPORT(packed_floats);
HWY_EXPORT(pack_panels);

Size panel_columns() { return HWY_DYNAMIC_DISPATCH(panel_columns)(); }

Size packed_floats(Size k, Size n) { return HWY_DYNAMIC_DISPATCH(packed_floats)(k, n); }

void pack_panels(const float* b, Size k, Size n, Size row_stride, bool transposed, float* packed,
                 Size panel_begin, Size panel_end) {
  HWY_DYNAMIC_DISPATCH(pack_panels)
  (b, k, n, row_stride, transposed, packed, panel_begin, panel_end);
}

}  // namespace goodfit::kernels
#endif
