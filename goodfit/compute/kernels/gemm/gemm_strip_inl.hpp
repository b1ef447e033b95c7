// Gemm strip: vectors side by side, and how matrices are copied into them; compiled once per
// target, included by kernel sources alone.
#if defined(GOODFIT_GEMM_STRIP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_GEMM_STRIP_INL
#undef GOODFIT_GEMM_STRIP_INL
#else
#define GOODFIT_GEMM_STRIP_INL
#endif

#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {  // other kernels may use the same names
using Tag = Floats;
constexpr Size panel = 2 * lanes;

// Eight columns leave a vector of 512 bits half empty and fill one of 256: the functions of that
// target, compiled just before, take them. Fewer they do not: their masks cost more.
#if HWY_TARGET == HWY_AVX3 && (HWY_TARGETS & HWY_AVX2)
namespace halves = N_AVX2;
constexpr Size half = lanes / 2;
#else
namespace halves = HWY_NAMESPACE;  // not asked for
constexpr Size half = -1;
#endif
// Of longer sums panels whose vectors run along k are as quick.
constexpr bool packed_in_halves(Size k, Size n) { return n == half && k <= 128; }

// Vectors side by side: two to a panel, `step` floats from one panel to the next.
template <int Vectors>
struct Strip : Strip<Vectors - 1> {
  using Before = Strip<Vectors - 1>;
  static constexpr Size index = Vectors - 1;
  hn::Vec<Tag> last;

  HWY_INLINE void zero() {
    Before::zero();
    last = hn::Zero(Tag());
  }
  HWY_INLINE void load(const float* from, Size step) {
    Before::load(from, step);
    last = hn::LoadU(Tag(), from + (index / 2) * step + (index % 2) * lanes);
  }
  HWY_INLINE void load_some(const float* from, Size count) {
    Before::load_some(from, count);
    const Size here = HWY_MIN(HWY_MAX(count - index * lanes, Size{0}), lanes);
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
    last = hn::MaskedLoad(hn::FirstN(Tag(), size_t(here)), Tag(), from + index * lanes);
#else
    // Elsewhere a masked load may read what lies beyond the row.
    HWY_ALIGN float whole[lanes] = {};
    for (Size i = 0; i < here; ++i) whole[i] = from[index * lanes + i];
    last = hn::Load(Tag(), whole);
#endif
  }
  HWY_INLINE void store(float* to) const {
    Before::store(to);
    hn::StoreU(last, Tag(), to + index * lanes);
  }
  HWY_INLINE void store_some(float* to, Size count) const {
    Before::store_some(to, count);
    const Size here = HWY_MIN(HWY_MAX(count - index * lanes, Size{0}), lanes);
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
    hn::BlendedStore(last, hn::FirstN(Tag(), size_t(here)), Tag(), to + index * lanes);
#else
    // Elsewhere a masked store may read and write back what lies beyond the row.
    HWY_ALIGN float whole[lanes];
    hn::Store(last, Tag(), whole);
    for (Size i = 0; i < here; ++i) to[index * lanes + i] = whole[i];
#endif
  }
  HWY_INLINE void multiply_add(hn::Vec<Tag> a, const Strip& b) {
    Before::multiply_add(a, b);
    last = hn::MulAdd(a, b.last, last);
  }
  HWY_INLINE void add(const Strip& b) {
    Before::add(b);
    last = hn::Add(last, b.last);
  }
  HWY_INLINE void relu() {
    Before::relu();
    last = hn::IfThenZeroElse(hn::Lt(last, hn::Zero(Tag())), last);
  }
};

template <>
struct Strip<0> {
  HWY_INLINE void zero() {}
  HWY_INLINE void load(const float*, Size) {}
  HWY_INLINE void load_some(const float*, Size) {}
  HWY_INLINE void store(float*) const {}
  HWY_INLINE void store_some(float*, Size) const {}
  HWY_INLINE void multiply_add(hn::Vec<Tag>, const Strip&) {}
  HWY_INLINE void add(const Strip&) {}
  HWY_INLINE void relu() {}
};

// Rows that a copy asks for before it is there: a page holds few of them, and a processor does not
// look beyond.
constexpr Size rows_ahead = 8;

// Copies the columns [begin, end) of B[k, ...] into panels, zeros beyond. Row by row: a processor
// foresees what it reads in order.
HWY_INLINE void copy_panels(const float* b, Size b_stride, Size k, Size begin, Size end,
                            float* to) {
  if (begin >= end) return;
  for (Size r = 0; r < k; ++r, b += b_stride, to += panel) {
    fetch_row<Next::is_read>(b + rows_ahead * b_stride + begin, end - begin);
    Size at = begin;
    for (; at + panel <= end; at += panel) {
      Strip<2> strip;
      strip.load(b + at, panel);
      strip.store(to + at * k);
    }
    if (at < end) {
      Strip<2> strip;
      strip.load_some(b + at, end - at);
      strip.store(to + at * k);
    }
  }
}

// Lines that a first-level cache has places for when they lie so far apart: a multiple of 4 KiB
// lets all of them share one set of 8.
HWY_INLINE Size places_for(Size stride) {
  return 8 * 1024 / HWY_MAX(HWY_MIN(stride & -stride, Size{1024}), Size{1});
}
// Whether they are more than four times as many. Fewer, the second level brings in time.
HWY_INLINE bool lines_collide(Size stride, Size depth) { return depth > 4 * places_for(stride); }

constexpr Size quad = 4;  // floats of a block of 128 bits

#if HWY_TARGET != HWY_SCALAR
// A 4 × 4 transposition inside each block of four vectors, stored `stride` floats apart.
template <class D>
HWY_INLINE void turn_blocks(D d, hn::Vec<D> row0, hn::Vec<D> row1, hn::Vec<D> row2, hn::Vec<D> row3,
                            float* to, Size stride) {
  const hn::RepartitionToWide<D> wide;
  const auto low01 = hn::BitCast(wide, hn::InterleaveLower(d, row0, row1));
  const auto low23 = hn::BitCast(wide, hn::InterleaveLower(d, row2, row3));
  const auto high01 = hn::BitCast(wide, hn::InterleaveUpper(d, row0, row1));
  const auto high23 = hn::BitCast(wide, hn::InterleaveUpper(d, row2, row3));
  hn::StoreU(hn::BitCast(d, hn::InterleaveLower(wide, low01, low23)), d, to);
  hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(wide, low01, low23)), d, to + stride);
  hn::StoreU(hn::BitCast(d, hn::InterleaveLower(wide, high01, high23)), d, to + 2 * stride);
  hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(wide, high01, high23)), d, to + 3 * stride);
}
#endif

// to[c, r] = from[r, c]
HWY_INLINE void transpose(const float* from, Size stride, Size rows, Size columns, float* to,
                          Size to_stride) {
  Size row = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::Full128<float> d;
  for (; row + quad <= rows; row += quad) {
    const float* at = from + row * stride;
    const auto load = [&](Size r, Size c) { return hn::LoadU(d, at + r * stride + c); };
    Size c = 0;
    for (; c + quad <= columns; c += quad)
      turn_blocks(d, load(0, c), load(1, c), load(2, c), load(3, c), to + c * to_stride + row,
                  to_stride);
    for (; c < columns; ++c)
      for (Size r = 0; r < quad; ++r) to[c * to_stride + row + r] = at[r * stride + c];
  }
#endif
  for (; row < rows; ++row)
    for (Size c = 0; c < columns; ++c) to[c * to_stride + row] = from[row * stride + c];
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
