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

template <class Function>
void map_values(const Function& f, const float* x, float* y, Size n) {
  each_vector(n,
              [=](const auto& at, Size i) HWY_ATTR { at.store(f.value(at.load(x + i)), y + i); });
}
template <class Function>
void map_gradients(const Function& f, const float* x, const float* dy, float* dx, Size n) {
  each_vector(n, [=](const auto& at, Size i) HWY_ATTR {
    at.store(hn::Mul(at.load(dy + i), f.slope(at.load(x + i))), dx + i);
  });
}

void curve_values(const Curve& curve, const float* x, float* y, Size n) {
  switch (curve.kind) {
    case Curve::silu:
      return map_values(Silu(), x, y, n);
    case Curve::mish:
      return map_values(Mish(), x, y, n);
    case Curve::gelu:
      return map_values(Gelu(), x, y, n);
    case Curve::gelu_tanh:
      return map_values(GeluTanh(), x, y, n);
    case Curve::elu:
      return map_values(Elu(curve), x, y, n);
  }
}

void curve_gradients(const Curve& curve, const float* x, const float* dy, float* dx, Size n) {
  switch (curve.kind) {
    case Curve::silu:
      return map_gradients(Silu(), x, dy, dx, n);
    case Curve::mish:
      return map_gradients(Mish(), x, dy, dx, n);
    case Curve::gelu:
      return map_gradients(Gelu(), x, dy, dx, n);
    case Curve::gelu_tanh:
      return map_gradients(GeluTanh(), x, dy, dx, n);
    case Curve::elu:
      return map_gradients(Elu(curve), x, dy, dx, n);
  }
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
