// Layer norm: each row of x [rows, c], centred and scaled by its own statistics.
//
//   x̂ = (x - mean) inv        inv = 1 / sqrt(Σ_j (x - mean)² / c + eps)        y = x̂ gamma + beta
//   g = dy gamma              dx = inv (g - Σ_j g / c - x̂ Σ_j g x̂ / c)
//   dgamma = Σ_r dy x̂         dbeta = Σ_r dy                                   over the given rows
//
// Contract: any rows ≥ 0, c ≥ 1 and any alignment. y may be exactly x; dx exactly x or dy; dgamma
// and dbeta overlap nothing. A row's bits do not depend on how rows are cut. A large mean costs
// nothing: a row is counted from its first element, and its deviations are taken in a second pass.
// Source: Ba, Kiros & Hinton 2016, arXiv:1607.06450, eq. 4.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

void layer_norm(const float* x, const float* gamma, const float* beta, float eps, float* y,
                Size rows, Size c);
void layer_norm_backward(const float* x, const float* gamma, const float* dy, float eps, float* dx,
                         Size rows, Size c);
void layer_norm_backward_parameters(const float* x, const float* dy, float eps, Size rows, Size c,
                                    float* dgamma, float* dbeta);

}  // namespace goodfit::kernels
