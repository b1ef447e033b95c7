// Batch norm: the columns of x [rows, c], centred and scaled by statistics of the batch.
//
//   x̂ = (x - mean) inv                         inv = 1 / sqrt(variance + eps), per column
//   y = x̂ gamma + beta (+ added)               with relu: max(y, 0)
//   sum_dy = Σ_r dy        sum_dy_xhat = Σ_r dy x̂        over the given rows; dbeta and dgamma
//   dx = gamma inv (dy - sum_dy / count - x̂ sum_dy_xhat / count)        sums over all count rows
//
// The backward functions take beta where a relu was fused: they compute y again, which costs less
// than reading it, and count dy only where y > 0. Without relu beta is null, as gamma is for the
// sums.
//
// Far outputs are written past the caches, with the same bits.
//
// Contract: any sizes ≥ 0 and any alignment. y may be exactly x or added; dx exactly x or dy; sums
// overlap nothing. Elements of y and dx have the same bits however rows are cut. Each operation
// rounds once; sums add blocks of 64 rows. Source: Ioffe & Szegedy 2015, arXiv:1502.03167,
// algorithm 1 and section 3.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

// inverse_deviation = 1 / sqrt(variance + eps), each operation rounded once.
void inverse_deviations(const float* variance, float eps, float* inverse_deviation, Size c);

void batch_norm_normalize(const float* x, const float* mean, const float* inverse_deviation,
                          const float* gamma, const float* beta, float* y, Size rows, Size c,
                          bool relu, const float* added = nullptr, bool far = false);

void batch_norm_backward_sums(const float* x, const float* dy, const float* mean,
                              const float* inverse_deviation, const float* gamma, const float* beta,
                              Size rows, Size c, float* sum_dy, float* sum_dy_xhat);

void batch_norm_backward(const float* x, const float* dy, const float* mean,
                         const float* inverse_deviation, const float* gamma, const float* beta,
                         const float* sum_dy, const float* sum_dy_xhat, Size count, float* dx,
                         Size rows, Size c, bool far = false);

}  // namespace goodfit::kernels
