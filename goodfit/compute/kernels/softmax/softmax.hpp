// Softmax, and cross entropy on the logits x [rows, c].
//
//   p[r,j]      = e^z[r,j] / Σ_k e^z[r,k]        z[r,j] = x[r,j] - max_k x[r,k]
//   dx[r,j]     = factor p[r,j] (dp[r,j] - Σ_k p[r,k] dp[r,k])
//   loss[r]     = log Σ_k e^z[r,k] - Σ_j q[r,j] z[r,j]
//   dlogits     = dloss[r] (p[r,j] - q[r,j])
//   q[r,j]      = (1 - s) [j = target[r]] + s / c        s: label smoothing
//
// Contract: any rows ≥ 0, c ≥ 1 and any alignment; target[r] is a whole number, 0 ≤ target < c;
// 0 ≤ s ≤ 1. y may be exactly x, dlogits exactly the logits, dx exactly p or dp; the rest overlaps
// nothing. A row's bits do not depend on how rows are cut. Logits of any finite size are handled,
// and -infinity where its q is 0; a NaN makes its row NaN. An exponential errs by u (|z| + 3), u =
// 2⁻²⁴. Source: Szegedy et al. 2016, arXiv:1512.00567, section 7, for the smoothing.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

void softmax(const float* x, float* y, Size rows, Size c);
void softmax_backward(const float* p, const float* dp, float factor, float* dx, Size rows, Size c);
void cross_entropy(const float* logits, const float* target, float smoothing, float* loss,
                   Size rows, Size c);
void cross_entropy_backward(const float* logits, const float* target, float smoothing,
                            const float* dloss, float* dlogits, Size rows, Size c);

}  // namespace goodfit::kernels
