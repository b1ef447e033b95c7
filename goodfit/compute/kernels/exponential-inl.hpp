// Exponential: eˣ and eˣ - 1 for x ≤ 0, the only half that the kernels need; sigmoid and tanh by
// them.
//
//   x = q ln 2 + r, |r| ≤ ½ ln 2        eʳ = 1 + r + r² P(r)        eˣ = 2^q eʳ
//
// P interpolates (eʳ - 1 - r) / r² at Chebyshev's nodes: 1.1e-8 relative error of eʳ, a fifth of a
// float's rounding. ln 2 is split in two (Cody and Waite 1980), so that q ln 2 loses nothing.
#if defined(GOODFIT_KERNELS_EXPONENTIAL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_KERNELS_EXPONENTIAL
#undef GOODFIT_KERNELS_EXPONENTIAL
#else
#define GOODFIT_KERNELS_EXPONENTIAL
#endif

#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

struct Reduced {
  V grown;  // eʳ - 1
  V power;  // 2^(q + offset)
};

// Adding 1.5 · 2²³ rounds to an integer that sits in the last bits; there it also becomes the
// exponent of the power. No conversion, so a NaN costs nothing and stays one.
template <int offset>
HWY_INLINE Reduced reduce(V x) {
  const V magic = set(12582912.0f + 127.0f + offset);
  const V shifted = hn::MulAdd(x, set(1.44269504f), magic);
  const V q = hn::Sub(shifted, magic);
  const V r = hn::MulAdd(q, set(-1.42860682e-6f), hn::MulAdd(q, set(-0.693145751953125f), x));
  const V square = hn::Mul(r, r);
  const V low = hn::MulAdd(r, set(0x1.5554dcp-3f), set(0.5f));
  const V high = hn::MulAdd(r, set(0x1.120ba2p-7f), set(0x1.55551ap-5f));
  const V p = hn::MulAdd(square, hn::MulAdd(square, set(0x1.6d113cp-10f), high), low);
  const hn::RebindToSigned<Floats> integers;
  const V power = hn::BitCast(floats, hn::ShiftLeft<23>(hn::BitCast(integers, shifted)));
  return {hn::MulAdd(square, p, r), power};
}

HWY_INLINE V at_least(V x, float low) { return hn::IfThenElse(hn::Lt(x, set(low)), set(low), x); }

// eˣ for x ≤ 0; 0 below the least normal float, as arithmetic on denormals is slow.
HWY_INLINE V exponential(V x) {
  const Reduced part = reduce<0>(at_least(x, -88.0f));
  const V e = hn::MulAdd(part.grown, part.power, part.power);
  return hn::IfThenZeroElse(hn::Lt(x, set(-87.33654f)), e);
}

// eˣ - 1 for x ≤ 0, accurate near 0 too.
HWY_INLINE V exponential_less_one(V x) {
  const Reduced part = reduce<0>(at_least(x, -40.0f));
  return hn::MulAdd(part.grown, part.power, hn::Sub(part.power, set(1.0f)));
}

// 1 / (1 + e^-x). With e^-|x| ≤ 1 nothing overflows, and the left half keeps its relative accuracy
// down to the least normal float.
HWY_INLINE V logistic(V x) {
  const V e = exponential(hn::Neg(hn::Abs(x)));
  const V right = hn::Div(set(1.0f), hn::Add(set(1.0f), e));
  return hn::IfThenElse(hn::Lt(x, zero()), hn::Mul(e, right), right);
}

// With t = e^-2|x| - 1: tanh |x| = -t / (2 + t), which cancels nowhere.
HWY_INLINE V hyperbolic_tangent(V x) {
  const V t = exponential_less_one(hn::Mul(hn::Abs(x), set(-2.0f)));
  return hn::CopySign(hn::Div(t, hn::Add(set(2.0f), t)), x);
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#endif
