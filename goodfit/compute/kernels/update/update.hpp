// Update: one step of an optimizer on the weights w [n] by the gradient g [n].
//
//   sgd            d = g + decay w                      w ← w - lr d
//   sgd_momentum   m ← momentum m + (1 - dampening) d, at the first step m ← d
//                  w ← w - lr m, with nesterov w ← w - lr (d + momentum m)
//   adagrad        sum ← sum + d²                       w ← w - lr d / (√sum + eps)
//   rmsprop        square ← alpha square + (1 - alpha) d²        mean ← mean + (1 - alpha)(d -
//   mean)
//                  q = d / (√(square - mean²) + eps)    buffer ← momentum buffer + q
//                  w ← w - lr buffer, or lr q without a buffer
//   adam           m ← m + (1 - beta1)(d - m)           v ← beta2 v + (1 - beta2) d²
//                  w ← w - lr / bias1 · m / (√v / √bias2 + eps)
//                  decoupled: w ← (1 - lr decay) w first, and d = g
//
// PyTorch's order of operations. bias = 1 - beta^t for step t = 1, 2, …; lr of adagrad already
// holds its decay. The variance of a centred rmsprop is kept from falling below 0 by rounding.
//
// Contract: any n ≥ 0 and any alignment; arrays overlap nothing; an element's bits do not depend on
// where a caller cuts. Numbers of the settings are rounded to floats once, differences such as
// 1 - beta2 after they are taken.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

struct AdamStep {
  double lr, beta1, beta2, eps, weight_decay;
  bool decoupled;
  double bias1, bias2;
};

void sgd(float* w, const float* g, Size n, double lr, double decay);
void sgd_momentum(float* w, const float* g, float* m, Size n, double lr, double momentum,
                  double dampening, double decay, bool nesterov, bool first_step);
void adagrad(float* w, const float* g, float* sum, Size n, double lr, double eps, double decay);
// buffer may be null when momentum is 0; mean is null unless centred
void rmsprop(float* w, const float* g, float* square, float* buffer, float* mean, Size n, double lr,
             double alpha, double eps, double decay, double momentum);
void adam(float* w, const float* g, float* m, float* v, Size n, const AdamStep& step);

}  // namespace goodfit::kernels
