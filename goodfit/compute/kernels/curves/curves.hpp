// Curves: activations, y[i] = f(x[i]) and dx[i] = dy[i] f'(x[i]), 0 ≤ i < n.
//
//   silu       x σ(x)                             σ the sigmoid
//   mish       x tanh(ln(1 + eˣ))
//   gelu       x Φ(x)                             Φ the share of a normal distribution below x
//   gelu_tanh  x (1 + tanh u) / 2                 u = √(2/π) (x + 0.044715 x³)
//   elu        scale x above 0, scale alpha (e^(rate x) - 1) below
//   softplus   ln(1 + e^(rate x)) / rate
//   softsign   x / (1 + |x|)
//   leaky_relu    x above 0, alpha x below
//   relu6         x from 0 to 6
//   hard_sigmoid  x / 6 + ½ from 0 to 1
//   hard_swish    x times that
//
// Contract: any n ≥ 0 and any alignment; an output may be exactly one of the inputs, or else
// overlaps none; an element's bits depend on its inputs alone. f(NaN) is NaN, and so is f'(NaN)
// of a curve without a kink. Both are within curve_error · max(1, |x|), gradients for dy = 1.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

struct Curve {
  enum Kind {
    silu,
    mish,
    gelu,
    gelu_tanh,
    elu,
    softplus,
    softsign,
    leaky_relu,
    relu6,
    hard_sigmoid,
    hard_swish
  } kind;
  float alpha = 1, scale = 1, rate = 1;  // where the formula has them
};
inline constexpr double curve_error = 5e-7;

void curve_values(const Curve& curve, const float* x, float* y, Size n);
void curve_gradients(const Curve& curve, const float* x, const float* dy, float* dx, Size n);

}  // namespace goodfit::kernels
