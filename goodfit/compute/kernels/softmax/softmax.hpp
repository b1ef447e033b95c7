// Softmax, and cross entropy on the logits x [rows, c].
//
//   p[r,j]      = e^z[r,j] / Σ_k e^z[r,k]        z[r,j] = x[r,j] - max_k x[r,k]
//   dx[r,j]     = factor p[r,j] (dp[r,j] - Σ_k p[r,k] dp[r,k])
//   terms[r]    = e^z[r,0] … e^z[r,c-1], max_k x[r,k], Σ_k e^z[r,k]      what cross entropy and its
//                 gradient share: exponentials are most of their work
//   loss[r]     = log Σ_k e^z[r,k] - Σ_j q[r,j] z[r,j]
//   dlogits     = dloss[r] (p[r,j] - q[r,j])
//   q[r,j]      = (1 - s) [j = target[r]] + s / c        s: label smoothing
//
// Contract: any rows ≥ 0, c ≥ 1 and any alignment; target[r] is a whole number, 0 ≤ target < c;
// 0 ≤ s ≤ 1. y may be exactly x, dx exactly p or dp; the rest overlaps nothing. A row's bits do not
// depend on how rows are cut. Logits of any finite size are handled, and -infinity where its q is
// 0; a NaN makes its row NaN. An exponential errs by u (|z| + 3), u = 2⁻²⁴. Source: Szegedy et al.
// 2016, arXiv:1512.00567, section 7, for the smoothing.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

void softmax(const float* x, float* y, Size rows, Size c);
void softmax_backward(const float* p, const float* dp, float factor, float* dx, Size rows, Size c);

constexpr Size softmax_terms_floats(Size c) { return c + 2; }
void softmax_terms(const float* logits, float* terms, Size rows, Size c);
void cross_entropy(const float* logits, const float* target, const float* terms, float smoothing,
                   float* loss, Size rows, Size c);
void cross_entropy_backward(const float* terms, const float* target, const float* dloss,
                            float smoothing, float* dlogits, Size rows, Size c);

}  // namespace goodfit::kernels
