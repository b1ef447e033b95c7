// Batch norm, relu and max pool in one go, of windows of 2 × 2 pixels that do not meet: the norm is
// computed where it is wanted and never written.
//
//   y = max over a window of max(x̂ gamma + beta, 0)          x̂ = (x - mean) inv
//   d = dy where the first largest of its window stands and is above 0, else 0
//   sum_dy = Σ d        sum_dy_xhat = Σ d x̂        over the given samples
//   dx = gamma inv (d - sum_dy / count - x̂ sum_dy_xhat / count)
//
// x, dx: [samples, H, W, c]   y, dy: [samples, ⌊H / 2⌋, ⌊W / 2⌋, c]. Contract as in batch_norm.hpp
// and pooling.hpp; dx may be exactly x. y and dx have the bits of the three one after another.
#pragma once
#include "goodfit/compute/kernels/pooling/pooling.hpp"

namespace goodfit::kernels {

// Whether windows are such as these functions take.
bool pools_squares(const Pooling& g);

void batch_norm_max_pool(const Pooling& g, const float* x, const float* mean,
                         const float* inverse_deviation, const float* gamma, const float* beta,
                         Size samples, float* y);

void batch_norm_max_pool_sums(const Pooling& g, const float* x, const float* dy, const float* mean,
                              const float* inverse_deviation, const float* gamma, const float* beta,
                              Size samples, float* sum_dy, float* sum_dy_xhat);

void batch_norm_max_pool_backward(const Pooling& g, const float* x, const float* dy,
                                  const float* mean, const float* inverse_deviation,
                                  const float* gamma, const float* beta, const float* sum_dy,
                                  const float* sum_dy_xhat, Size count, Size samples, float* dx);

}  // namespace goodfit::kernels
