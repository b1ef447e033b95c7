// Vectors: how every kernel walks over memory, once per target.
//
// A walk calls its body with a part of the array: `Whole`, a full vector, or `Some`, the last
// elements. Both load and store exactly what they cover, so a tail takes the same arithmetic as the
// rest and the bits of an element do not depend on where a caller cuts an array.
//
// Far memory (far.hpp) is written past the caches in whole vectors where they are aligned.
//
// Included after hwy/foreach_target.h; the guard below lets each target include it anew.
#if defined(GOODFIT_KERNELS_VECTORS) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_KERNELS_VECTORS
#undef GOODFIT_KERNELS_VECTORS
#else
#define GOODFIT_KERNELS_VECTORS
#endif

#include <hwy/highway.h>

#include <array>
#include <cstdint>
#include <cstring>

#include "goodfit/base/size.hpp"

// AVX2 masks accesses to floats in hardware; Highway warns of the narrower types, where it does
// not.
#undef GOODFIT_COPY_TAILS
#define GOODFIT_COPY_TAILS (HWY_MEM_OPS_MIGHT_FAULT && HWY_TARGET != HWY_AVX2)

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::ScalableTag<float>;
using V = hn::Vec<Floats>;
inline constexpr Floats floats;
inline constexpr Size lanes = hn::MaxLanes(floats);

HWY_INLINE V set(float value) { return hn::Set(floats, value); }
HWY_INLINE V zero() { return hn::Zero(floats); }
// max(x, 0). Compares instead of taking the maximum, which on some targets would drop a NaN.
HWY_INLINE V rectified(V x) { return hn::IfThenZeroElse(hn::Lt(x, zero()), x); }

// Asks for memory before it is read or written. A processor foresees what lies in a row, but not
// beyond the page it reads, nor rows that take turns.
enum class Next { is_read, is_written };
template <Next what>
HWY_INLINE void fetch(const float* from) {
  __builtin_prefetch(from, what == Next::is_written);
}

template <Next what>
HWY_INLINE void fetch_row(const float* row, Size width) {
  constexpr Size line = 16;
  for (Size i = 0; i < width; i += line) fetch<what>(row + i);
}

struct Whole {
  HWY_INLINE V load(const float* from) const { return hn::LoadU(floats, from); }
  HWY_INLINE void store(V value, float* to) const { hn::StoreU(value, floats, to); }
  HWY_INLINE void store(V value, float* to, bool far) const {
    if (far && reinterpret_cast<std::uintptr_t>(to) % sizeof(V) == 0) {
      hn::Stream(value, floats, to);
    } else {
      store(value, to);
    }
  }
  HWY_INLINE V keep(V value) const { return value; }
  HWY_INLINE V keep(V value, V) const { return value; }
};

// The first `count` lanes, 0 < count < lanes. Lanes beyond load as zero.
struct Some {
  HWY_INLINE explicit Some(Size elements)
      : count(elements), mask(hn::FirstN(floats, static_cast<std::size_t>(elements))) {}

  HWY_INLINE V load(const float* from) const {
#if GOODFIT_COPY_TAILS
    HWY_ALIGN float copy[lanes] = {};
    std::memcpy(copy, from, static_cast<std::size_t>(count) * sizeof(float));
    return hn::Load(floats, copy);
#else
    return hn::MaskedLoad(mask, floats, from);
#endif
  }
  HWY_INLINE void store(V value, float* to) const {
#if GOODFIT_COPY_TAILS
    HWY_ALIGN float copy[lanes];
    hn::Store(value, floats, copy);
    std::memcpy(to, copy, static_cast<std::size_t>(count) * sizeof(float));
#else
    hn::BlendedStore(value, mask, floats, to);
#endif
  }
  HWY_INLINE void store(V value, float* to, bool) const { store(value, to); }
  HWY_INLINE V keep(V value) const { return hn::IfThenElseZero(mask, value); }
  HWY_INLINE V keep(V value, V otherwise) const { return hn::IfThenElse(mask, value, otherwise); }

  Size count;
  hn::Mask<Floats> mask;
};

// body(part, i) for the vectors that cover 0 … n-1.
template <class Body>
HWY_INLINE void each_vector(Size n, const Body& body) {
  Size i = 0;
  for (; i + lanes <= n; i += lanes) body(Whole{}, i);
  if (i < n) body(Some(n - i), i);
}

// Elementwise over a [rows, c] matrix with values kept per column: kept = columns(part, j), then
// row(part, kept, i) for the element i of several rows, so that columns are read once for them all.
// Rows begin `stride` floats apart.
template <class Columns, class Row>
HWY_INLINE void each_row(Size rows, Size c, Size stride, const Columns& columns, const Row& row) {
  constexpr Size together = 4;
  Size r = 0;
  for (; r + together <= rows; r += together) {
    each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
      const auto kept = columns(at, j);
      for (Size k = 0; k < together; ++k) row(at, kept, (r + k) * stride + j);
    });
  }
  for (; r < rows; ++r) {
    each_vector(c,
                [&](const auto& at, Size j) HWY_ATTR { row(at, columns(at, j), r * stride + j); });
  }
}
template <class Columns, class Row>
HWY_INLINE void each_row(Size rows, Size c, const Columns& columns, const Row& row) {
  each_row(rows, c, c, columns, row);
}

// Σ over i of each of the K terms that body(part, i) returns; the order depends on n alone.
template <std::size_t K, class Body>
HWY_INLINE std::array<float, K> sum_vectors(Size n, const Body& body) {
  constexpr Size chains = 4;  // of additions, to hide their latency
  V sums[chains][K];
  HWY_UNROLL(4) for (Size i = 0; i < chains; ++i) {
    HWY_UNROLL(4) for (std::size_t k = 0; k < K; ++k) sums[i][k] = zero();
  }
  Size i = 0;
  for (; i + chains * lanes <= n; i += chains * lanes) {
    HWY_UNROLL(4) for (Size chain = 0; chain < chains; ++chain) {
      const std::array<V, K> terms = body(Whole{}, i + chain * lanes);
      HWY_UNROLL(4)
      for (std::size_t k = 0; k < K; ++k) sums[chain][k] = hn::Add(sums[chain][k], terms[k]);
    }
  }
  each_vector(n - i, [&](const auto& at, Size j) HWY_ATTR {
    const std::array<V, K> last = body(at, i + j);
    for (std::size_t k = 0; k < K; ++k) sums[0][k] = hn::Add(sums[0][k], at.keep(last[k]));
  });
  std::array<float, K> totals;
  for (std::size_t k = 0; k < K; ++k) {
    const V halves[] = {hn::Add(sums[0][k], sums[1][k]), hn::Add(sums[2][k], sums[3][k])};
    totals[k] = hn::GetLane(hn::SumOfLanes(floats, hn::Add(halves[0], halves[1])));
  }
  return totals;
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#endif
