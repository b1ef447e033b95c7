#include "goodfit/compute/kernels/elementwise/elementwise.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/elementwise/elementwise.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/exponential-inl.hpp"
#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

template <class Function>
HWY_INLINE void map(const float* x, float* y, Size n, const Function& function) {
  each_vector(n,
              [&](const auto& at, Size i) HWY_ATTR { at.store(function(at.load(x + i)), y + i); });
}

template <class Function>
HWY_INLINE void map(const float* a, const float* b, float* y, Size n, const Function& function) {
  each_vector(n, [&](const auto& at, Size i)
                     HWY_ATTR { at.store(function(at.load(a + i), at.load(b + i)), y + i); });
}

void relu(const float* x, float* y, Size n) {
  map(x, y, n, [](V v) HWY_ATTR { return rectified(v); });
}

void relu_backward(const float* y, const float* dy, float* dx, Size n, double factor) {
  map(y, dy, dx, n, [f = set(float(factor))](V out, V slope) HWY_ATTR {
    return hn::IfThenElseZero(hn::Gt(out, zero()), hn::Mul(f, slope));
  });
}

void sigmoid(const float* x, float* y, Size n) {
  map(x, y, n, [](V v) HWY_ATTR { return logistic(v); });
}

void sigmoid_backward(const float* y, const float* dy, float* dx, Size n) {
  map(y, dy, dx, n, [](V out, V slope) HWY_ATTR {
    return hn::Mul(hn::Mul(slope, out), hn::Sub(set(1.0f), out));
  });
}

void tanh_forward(const float* x, float* y, Size n) {
  map(x, y, n, [](V v) HWY_ATTR { return hyperbolic_tangent(v); });
}

void tanh_backward(const float* y, const float* dy, float* dx, Size n) {
  map(y, dy, dx, n,
      [](V out, V slope) HWY_ATTR { return hn::Mul(slope, hn::NegMulAdd(out, out, set(1.0f))); });
}

void add(const float* a, const float* b, float* y, Size n) {
  map(a, b, y, n, [](V left, V right) HWY_ATTR { return hn::Add(left, right); });
}

void multiply(const float* a, const float* b, float* y, Size n) {
  map(a, b, y, n, [](V left, V right) HWY_ATTR { return hn::Mul(left, right); });
}

void scale(const float* a, float factor, float* y, Size n) {
  map(a, y, n, [f = set(factor)](V v) HWY_ATTR { return hn::Mul(v, f); });
}

void add_scaled(const float* a, float factor, const float* b, float* y, Size n) {
  map(a, b, y, n,
      [f = set(factor)](V left, V right) HWY_ATTR { return hn::MulAdd(right, f, left); });
}

void sign_scaled_add(const float* a, float factor, const float* b, float* y, Size n) {
  map(a, b, y, n, [f = set(factor)](V left, V right) HWY_ATTR {
    const V up = hn::IfThenElseZero(hn::Gt(right, zero()), f);
    const V step = hn::IfThenElse(hn::Lt(right, zero()), hn::Neg(f), up);
    return hn::Add(left, hn::IfThenElse(hn::IsNaN(right), right, step));
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(relu);
HWY_EXPORT(relu_backward);
HWY_EXPORT(sigmoid);
HWY_EXPORT(sigmoid_backward);
HWY_EXPORT(tanh_forward);
HWY_EXPORT(tanh_backward);
HWY_EXPORT(add);
HWY_EXPORT(multiply);
HWY_EXPORT(scale);
HWY_EXPORT(add_scaled);
HWY_EXPORT(sign_scaled_add);

void relu(const float* x, float* y, Size n) { HWY_DYNAMIC_DISPATCH(relu)(x, y, n); }

void relu_backward(const float* y, const float* dy, float* dx, Size n, double factor) {
  HWY_DYNAMIC_DISPATCH(relu_backward)(y, dy, dx, n, factor);
}

void sigmoid(const float* x, float* y, Size n) { HWY_DYNAMIC_DISPATCH(sigmoid)(x, y, n); }

void sigmoid_backward(const float* y, const float* dy, float* dx, Size n) {
  HWY_DYNAMIC_DISPATCH(sigmoid_backward)(y, dy, dx, n);
}

void tanh_forward(const float* x, float* y, Size n) { HWY_DYNAMIC_DISPATCH(tanh_forward)(x, y, n); }

void tanh_backward(const float* y, const float* dy, float* dx, Size n) {
  HWY_DYNAMIC_DISPATCH(tanh_backward)(y, dy, dx, n);
}

void add(const float* a, const float* b, float* y, Size n) {
  HWY_DYNAMIC_DISPATCH(add)(a, b, y, n);
}

void multiply(const float* a, const float* b, float* y, Size n) {
  HWY_DYNAMIC_DISPATCH(multiply)(a, b, y, n);
}

void scale(const float* a, float factor, float* y, Size n) {
  HWY_DYNAMIC_DISPATCH(scale)(a, factor, y, n);
}

void add_scaled(const float* a, float factor, const float* b, float* y, Size n) {
  HWY_DYNAMIC_DISPATCH(add_scaled)(a, factor, b, y, n);
}

void sign_scaled_add(const float* a, float factor, const float* b, float* y, Size n) {
  HWY_DYNAMIC_DISPATCH(sign_scaled_add)(a, factor, b, y, n);
}

}  // namespace goodfit::kernels
#endif
