// Squared error: the mean over each row of x [rows, c] of its squared distance to the target.
//
//   loss[r] = Σ_j (x[r,j] - target[r,j])² / c        dx[r,j] = dloss[r] 2 (x[r,j] - target[r,j]) /
//   c
//
// Contract: any rows ≥ 0, c ≥ 1 and any alignment; dx may be exactly x or target, loss overlaps
// nothing. A row's bits do not depend on how rows are cut.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

void squared_error(const float* x, const float* target, float* loss, Size rows, Size c);
void squared_error_backward(const float* x, const float* target, const float* dloss, float* dx,
                            Size rows, Size c);

}  // namespace goodfit::kernels
