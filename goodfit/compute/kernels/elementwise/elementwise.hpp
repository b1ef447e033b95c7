// Elementwise: y[i] from the i-th element of each input, 0 ≤ i < n.
//
//   relu       y = max(x, 0)             dx = factor dy where y > 0, else 0
//   sigmoid    y = 1 / (1 + e^-x)        dx = dy y (1 - y)
//   tanh       y = tanh x                dx = dy (1 - y²)
//
// Contract: any n ≥ 0 and any alignment; an output may be exactly one of the inputs, or else
// overlaps none; an element's bits depend on its inputs alone. NaN gives NaN.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

// Largest error in units in the last place; the other functions here round once per operation.
// Sigmoid: e^-|x| 1½, the sum and the quotient ½ each, their product ½ and 1 for the two errors
// meeting at a power of two; denormal results are 0. Tanh: e^-2|x| - 1 1½, sum and quotient the
// same.
inline constexpr double sigmoid_max_ulp = 4;
inline constexpr double tanh_max_ulp = 4;

void relu(const float* x, float* y, Size n);
void relu_backward(const float* y, const float* dy, float* dx, Size n, double factor = 1);
void sigmoid(const float* x, float* y, Size n);
void sigmoid_backward(const float* y, const float* dy, float* dx, Size n);
void tanh_forward(const float* x, float* y, Size n);
void tanh_backward(const float* y, const float* dy, float* dx, Size n);

void add(const float* a, const float* b, float* y, Size n);                       // a + b
void multiply(const float* a, const float* b, float* y, Size n);                  // a b
void scale(const float* a, float factor, float* y, Size n);                       // f a
void add_scaled(const float* a, float factor, const float* b, float* y, Size n);  // a + f b
void sign_scaled_add(const float* a, float factor, const float* b, float* y,
                     Size n);  // a + f sign b

}  // namespace goodfit::kernels
