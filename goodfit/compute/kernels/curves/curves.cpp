#include "goodfit/compute/kernels/curves/curves.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/curves/curves.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/exponential-inl.hpp"
#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

HWY_INLINE V one() { return set(1.0f); }
HWY_INLINE V select(hn::Mask<Floats> which, V yes, V no) { return hn::IfThenElse(which, yes, no); }
HWY_INLINE hn::Mask<Floats> below_zero(V x) { return hn::Lt(x, zero()); }

struct Silu {
  HWY_INLINE V value(V x) const { return hn::Mul(x, logistic(x)); }
  HWY_INLINE V slope(V x) const {
    const V s = logistic(x);
    return hn::Mul(s, hn::MulAdd(x, hn::Sub(one(), s), one()));
  }
};

// With e = e^-|x|: tanh(ln(1 + eˣ)) = n / (n + d), where n = e² + 2e and d = 2 below 0, and n = 1 +
// 2e and d = 2e² above. Nothing overflows or cancels.
struct Mish {
  struct Parts {
    V e, n, d;
  };
  static HWY_INLINE Parts parts(V x) {
    const V e = exponential(hn::Neg(hn::Abs(x))), twice = hn::Add(e, e);
    const V n = select(below_zero(x), hn::MulAdd(e, e, twice), hn::Add(one(), twice));
    return {e, n, select(below_zero(x), set(2.0f), hn::Mul(e, twice))};
  }
  HWY_INLINE V value(V x) const {
    const Parts p = parts(x);
    return hn::Mul(x, hn::Div(p.n, hn::Add(p.n, p.d)));
  }
  HWY_INLINE V slope(V x) const {
    const Parts p = parts(x);
    const V whole = hn::Add(p.n, p.d), t = hn::Div(p.n, whole), rest = hn::Div(p.d, whole);
    const V sigmoid = hn::Div(select(below_zero(x), p.e, one()), hn::Add(one(), p.e));
    return hn::MulAdd(x, hn::Mul(hn::Mul(rest, hn::Add(one(), t)), sigmoid), t);  // 1 - t² = …
  }
};

// With z = |x| / √2 and t = 1 / (1 + z / 2.5), Φ(-|x|) = ½ e^(-z²) t P(t). P interpolates
// erfc(z) e^(z²) / t at Chebyshev's nodes of 0 … 1: 8e-9 relative error.
struct Gelu {
  struct Parts {
    V share, density;  // Φ(x), and its slope
  };
  static HWY_INLINE Parts parts(V x) {
    constexpr float p[] = {0.225675836f,  0.225676313f,  0.207600728f,   0.171890572f,
                           0.118095122f,  0.0871206447f, -0.0537931658f, 0.146803245f,
                           -0.243041739f, 0.143841073f,  -0.0298686288f};
    const V e = exponential(hn::Mul(hn::Mul(x, x), set(-0.5f)));
    const V t = hn::Div(one(), hn::MulAdd(hn::Abs(x), set(0.282842712f), one()));
    V sum = set(p[10]);
    for (int i = 9; i >= 0; --i) sum = hn::MulAdd(sum, t, set(p[i]));
    const V tail = hn::Mul(hn::Mul(set(0.5f), e), hn::Mul(t, sum));
    return {select(below_zero(x), tail, hn::Sub(one(), tail)), hn::Mul(set(0.398942280f), e)};
  }
  HWY_INLINE V value(V x) const { return hn::Mul(x, parts(x).share); }
  HWY_INLINE V slope(V x) const {
    const Parts p = parts(x);
    return hn::MulAdd(x, p.density, p.share);
  }
};

struct GeluTanh {
  static HWY_INLINE V tanh_of(V x) {
    const V cube = hn::MulAdd(hn::Mul(set(0.044715f), hn::Mul(x, x)), x, x);
    return hyperbolic_tangent(hn::Mul(set(0.797884561f), cube));
  }
  HWY_INLINE V value(V x) const {
    const V half = hn::Mul(set(0.5f), x);
    return hn::MulAdd(half, tanh_of(x), half);
  }
  HWY_INLINE V slope(V x) const {
    const V t = tanh_of(x), inner = hn::MulAdd(set(0.134145f), hn::Mul(x, x), one());
    const V steep = hn::Mul(hn::NegMulAdd(t, t, one()), hn::Mul(set(0.398942280f), inner));
    return hn::MulAdd(x, steep, hn::MulAdd(set(0.5f), t, set(0.5f)));
  }
};

struct Elu {
  V low, scale, rate;
  explicit HWY_INLINE Elu(const Curve& c)
      : low(set(c.scale * c.alpha)), scale(set(c.scale)), rate(set(c.rate)) {}
  HWY_INLINE V power(V x) const { return hn::IfThenZeroElse(hn::Gt(x, zero()), hn::Mul(rate, x)); }
  HWY_INLINE V value(V x) const {
    const V down = hn::Mul(low, exponential_less_one(power(x)));
    return select(hn::Gt(x, zero()), hn::Mul(scale, x), down);
  }
  HWY_INLINE V slope(V x) const {
    const V down = hn::Mul(hn::Mul(low, rate), exponential(power(x)));
    return select(hn::Gt(x, zero()), scale, down);
  }
};

// ln(1 + e) = 2 artanh s with s = e / (2 + e) ≤ ⅓, by its series, for e = e^-|u| ≤ 1.
struct Softplus {
  V rate, inverse;
  explicit HWY_INLINE Softplus(const Curve& c) : rate(set(c.rate)), inverse(set(1 / c.rate)) {}
  HWY_INLINE V value(V x) const {
    const V u = hn::Mul(rate, x), e = exponential(hn::Neg(hn::Abs(u)));
    const V s = hn::Div(e, hn::Add(set(2.0f), e)), square = hn::Mul(s, s);
    V series = set(2.0f / 13);
    for (const int odd : {11, 9, 7, 5, 3, 1})
      series = hn::MulAdd(series, square, set(2.0f / float(odd)));
    return hn::Mul(hn::MulAdd(series, s, select(below_zero(u), zero(), u)), inverse);
  }
  HWY_INLINE V slope(V x) const { return logistic(hn::Mul(rate, x)); }
};

struct Softsign {
  HWY_INLINE V value(V x) const { return hn::Div(x, hn::Add(one(), hn::Abs(x))); }
  HWY_INLINE V slope(V x) const {
    const V d = hn::Add(one(), hn::Abs(x));
    return hn::Div(one(), hn::Mul(d, d));
  }
};

struct LeakyRelu {
  V a;
  explicit HWY_INLINE LeakyRelu(const Curve& c) : a(set(c.alpha)) {}
  HWY_INLINE V value(V x) const { return select(hn::Gt(x, zero()), x, hn::Mul(a, x)); }
  HWY_INLINE V slope(V x) const { return select(hn::Gt(x, zero()), one(), a); }
};

// By comparison, as rectified.
HWY_INLINE V between(V x, float low, float high) {
  const V raised = select(hn::Lt(x, set(low)), set(low), x);
  return select(hn::Gt(raised, set(high)), set(high), raised);
}
HWY_INLINE hn::Mask<Floats> inside(V x, float low, float high) {
  return hn::And(hn::Gt(x, set(low)), hn::Lt(x, set(high)));
}

struct Relu6 {
  HWY_INLINE V value(V x) const { return between(x, 0, 6); }
  HWY_INLINE V slope(V x) const { return hn::IfThenElseZero(inside(x, 0, 6), one()); }
};

struct HardSigmoid {
  HWY_INLINE V value(V x) const { return between(hn::MulAdd(x, set(1.0f / 6), set(0.5f)), 0, 1); }
  HWY_INLINE V slope(V x) const { return hn::IfThenElseZero(inside(x, -3, 3), set(1.0f / 6)); }
};

struct HardSwish {
  HWY_INLINE V value(V x) const { return hn::Mul(x, HardSigmoid().value(x)); }
  HWY_INLINE V slope(V x) const {
    const V line = hn::MulAdd(x, set(1.0f / 3), set(0.5f));
    return select(inside(x, -3, 3), line, select(below_zero(x), zero(), one()));
  }
};

// use(function) with the one that is meant.
template <class Use>
HWY_INLINE void with(const Curve& curve, const Use& use) {
  switch (curve.kind) {
    case Curve::silu:
      return use(Silu());
    case Curve::mish:
      return use(Mish());
    case Curve::gelu:
      return use(Gelu());
    case Curve::gelu_tanh:
      return use(GeluTanh());
    case Curve::elu:
      return use(Elu(curve));
    case Curve::softplus:
      return use(Softplus(curve));
    case Curve::softsign:
      return use(Softsign());
    case Curve::leaky_relu:
      return use(LeakyRelu(curve));
    case Curve::relu6:
      return use(Relu6());
    case Curve::hard_sigmoid:
      return use(HardSigmoid());
    case Curve::hard_swish:
      return use(HardSwish());
  }
}

void curve_values(const Curve& curve, const float* x, float* y, Size n) {
  with(curve, [=](const auto& f) HWY_ATTR {
    each_vector(n,
                [=](const auto& at, Size i) HWY_ATTR { at.store(f.value(at.load(x + i)), y + i); });
  });
}

void curve_gradients(const Curve& curve, const float* x, const float* dy, float* dx, Size n) {
  with(curve, [=](const auto& f) HWY_ATTR {
    each_vector(n, [=](const auto& at, Size i) HWY_ATTR {
      at.store(hn::Mul(at.load(dy + i), f.slope(at.load(x + i))), dx + i);
    });
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(curve_values);
HWY_EXPORT(curve_gradients);

void curve_values(const Curve& curve, const float* x, float* y, Size n) {
  HWY_DYNAMIC_DISPATCH(curve_values)(curve, x, y, n);
}

void curve_gradients(const Curve& curve, const float* x, const float* dy, float* dx, Size n) {
  HWY_DYNAMIC_DISPATCH(curve_gradients)(curve, x, dy, dx, n);
}

}  // namespace goodfit::kernels
#endif
