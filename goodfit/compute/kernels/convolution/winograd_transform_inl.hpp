// Winograd transform: the matrices of winograd.hpp around a tile, a vector of channels at a time;
// compiled once per target, included by kernel sources alone.
#if defined(GOODFIT_WINOGRAD_TRANSFORM_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_WINOGRAD_TRANSFORM_INL
#undef GOODFIT_WINOGRAD_TRANSFORM_INL
#else
#define GOODFIT_WINOGRAD_TRANSFORM_INL
#endif

#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

constexpr Size taps_along = 3, outputs_along = 4;
constexpr Size points_along = taps_along + outputs_along - 1;  // as many as inputs
constexpr Size points = points_along * points_along;

constexpr float a = 5.0f / 8, b = 3.0f / 2, a2 = a * a, b2 = b * b;
constexpr float g_0 = 1 / (a2 * b2), g_a = 1 / (2 * a2 * (a2 - b2)), g_b = 1 / (2 * b2 * (b2 - a2));

// Each takes its vector by load(j) and hands out the product by store(i, value).
struct InputTransform {  // Bᵀ
  static constexpr Size from = points_along, to = points_along;
  template <class Load, class Store>
  HWY_INLINE static void apply(const Load& load, const Store& store) {
    const V x0 = load(0), x1 = load(1), x2 = load(2), x3 = load(3), x4 = load(4), x5 = load(5);
    const V even_a = hn::NegMulAdd(set(b2), x2, x4), odd_a = hn::NegMulAdd(set(b2), x1, x3);
    const V even_b = hn::NegMulAdd(set(a2), x2, x4), odd_b = hn::NegMulAdd(set(a2), x1, x3);
    store(0, hn::MulAdd(set(a2 * b2), x0, hn::NegMulAdd(set(a2 + b2), x2, x4)));
    store(1, hn::MulAdd(set(a), odd_a, even_a));
    store(2, hn::NegMulAdd(set(a), odd_a, even_a));
    store(3, hn::MulAdd(set(b), odd_b, even_b));
    store(4, hn::NegMulAdd(set(b), odd_b, even_b));
    store(5, hn::MulAdd(set(a2 * b2), x1, hn::NegMulAdd(set(a2 + b2), x3, x5)));
  }
};

struct WeightTransform {  // G
  static constexpr Size from = taps_along, to = points_along;
  template <class Load, class Store>
  HWY_INLINE static void apply(const Load& load, const Store& store) {
    const V w0 = load(0), w1 = load(1), w2 = load(2);
    const V even_a = hn::MulAdd(set(a2 * g_a), w2, hn::Mul(set(g_a), w0));
    const V even_b = hn::MulAdd(set(b2 * g_b), w2, hn::Mul(set(g_b), w0));
    store(0, hn::Mul(set(g_0), w0));
    store(1, hn::MulAdd(set(a * g_a), w1, even_a));
    store(2, hn::NegMulAdd(set(a * g_a), w1, even_a));
    store(3, hn::MulAdd(set(b * g_b), w1, even_b));
    store(4, hn::NegMulAdd(set(b * g_b), w1, even_b));
    store(5, w2);
  }
};

// Values at six points, those at a point and its opposite added and subtracted.
struct Pairs {
  V at_0, even_a, odd_a, even_b, odd_b, at_infinity;
  template <class Load>
  HWY_INLINE explicit Pairs(const Load& load) : at_0(load(0)), at_infinity(load(5)) {
    const V plus_a = load(1), minus_a = load(2), plus_b = load(3), minus_b = load(4);
    even_a = hn::Add(plus_a, minus_a);
    odd_a = hn::Sub(plus_a, minus_a);
    even_b = hn::Add(plus_b, minus_b);
    odd_b = hn::Sub(plus_b, minus_b);
  }
};

struct WeightTransposed {  // Gᵀ
  static constexpr Size from = points_along, to = taps_along;
  template <class Load, class Store>
  HWY_INLINE static void apply(const Load& load, const Store& store) {
    const Pairs m(load);
    const V even = hn::MulAdd(set(g_b), m.even_b, hn::Mul(set(g_a), m.even_a));
    store(0, hn::MulAdd(set(g_0), m.at_0, even));
    store(1, hn::MulAdd(set(b * g_b), m.odd_b, hn::Mul(set(a * g_a), m.odd_a)));
    store(2,
          hn::MulAdd(set(b2 * g_b), m.even_b, hn::MulAdd(set(a2 * g_a), m.even_a, m.at_infinity)));
  }
};

struct OutputTransform {  // Aᵀ
  static constexpr Size from = points_along, to = outputs_along;
  template <class Load, class Store>
  HWY_INLINE static void apply(const Load& load, const Store& store) {
    const Pairs m(load);
    store(0, hn::Add(hn::Add(m.at_0, m.even_a), m.even_b));
    store(1, hn::MulAdd(set(b), m.odd_b, hn::Mul(set(a), m.odd_a)));
    store(2, hn::MulAdd(set(b2), m.even_b, hn::Mul(set(a2), m.even_a)));
    store(3, hn::MulAdd(set(b2 * b), m.odd_b, hn::MulAdd(set(a2 * a), m.odd_a, m.at_infinity)));
  }
};

struct OutputTransposed {  // A
  static constexpr Size from = outputs_along, to = points_along;
  template <class Load, class Store>
  HWY_INLINE static void apply(const Load& load, const Store& store) {
    const V y0 = load(0), y1 = load(1), y2 = load(2), y3 = load(3);
    const V even_a = hn::MulAdd(set(a2), y2, y0), even_b = hn::MulAdd(set(b2), y2, y0);
    const V odd_a = hn::MulAdd(set(a2 * a), y3, hn::Mul(set(a), y1));
    const V odd_b = hn::MulAdd(set(b2 * b), y3, hn::Mul(set(b), y1));
    store(0, y0);
    store(1, hn::Add(even_a, odd_a));
    store(2, hn::Sub(even_a, odd_a));
    store(3, hn::Add(even_b, odd_b));
    store(4, hn::Sub(even_b, odd_b));
    store(5, y3);
  }
};

// T X Tᵀ: first the columns [begin, end), elements of X by load(i, j), then the rows of what they
// left, elements of the product by store(i, j, value).
template <class Transform, class Load>
HWY_INLINE void transform_columns(Size begin, Size end, const Load& load, V* half) {
  for (Size j = begin; j < end; ++j)
    Transform::apply([&](Size i) HWY_ATTR { return load(i, j); },
                     [&](Size i, V v) HWY_ATTR { half[i * Transform::from + j] = v; });
}
template <class Transform, class Store>
HWY_INLINE void transform_rows(const V* half, const Store& store) {
  for (Size i = 0; i < Transform::to; ++i)
    Transform::apply([&](Size j) HWY_ATTR { return half[i * Transform::from + j]; },
                     [&](Size j, V v) HWY_ATTR { store(i, j, v); });
}
template <class Transform, class Load, class Store>
HWY_INLINE void transform(const Load& load, const Store& store) {
  V half[Transform::to * Transform::from];
  transform_columns<Transform>(0, Transform::from, load, half);
  transform_rows<Transform>(half, store);
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
