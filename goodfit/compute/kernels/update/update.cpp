#include "goodfit/compute/kernels/update/update.hpp"

#include <cmath>

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/update/update.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

HWY_INLINE V rounded(double number) { return set(static_cast<float>(number)); }

void sgd(float* w, const float* g, Size n, double lr, double decay) {
  const V rate = rounded(lr), pull = rounded(decay);
  each_vector(n, [&](const auto& at, Size i) HWY_ATTR {
    const V old = at.load(w + i);
    at.store(hn::NegMulAdd(rate, hn::MulAdd(pull, old, at.load(g + i)), old), w + i);
  });
}

template <bool nesterov, bool first_step>
HWY_INLINE void sgd_momentum_as(float* w, const float* g, float* m, Size n, double lr,
                                double momentum, double dampening, double decay) {
  const V rate = rounded(lr), pull = rounded(decay);
  const V kept = rounded(momentum), added = rounded(1 - dampening);
  each_vector(n, [&](const auto& at, Size i) HWY_ATTR {
    const V old = at.load(w + i);
    const V d = hn::MulAdd(pull, old, at.load(g + i));
    const V moved = first_step ? d : hn::MulAdd(kept, at.load(m + i), hn::Mul(added, d));
    at.store(moved, m + i);
    at.store(hn::NegMulAdd(rate, nesterov ? hn::MulAdd(kept, moved, d) : moved, old), w + i);
  });
}

void sgd_momentum(float* w, const float* g, float* m, Size n, double lr, double momentum,
                  double dampening, double decay, bool nesterov, bool first_step) {
  const auto run =
      nesterov ? (first_step ? sgd_momentum_as<true, true> : sgd_momentum_as<true, false>)
               : (first_step ? sgd_momentum_as<false, true> : sgd_momentum_as<false, false>);
  run(w, g, m, n, lr, momentum, dampening, decay);
}

void adagrad(float* w, const float* g, float* sum, Size n, double lr, double eps, double decay) {
  const V rate = rounded(lr), pull = rounded(decay), floor = rounded(eps);
  each_vector(n, [&](const auto& at, Size i) HWY_ATTR {
    const V old = at.load(w + i);
    const V d = hn::MulAdd(pull, old, at.load(g + i));
    const V total = hn::MulAdd(d, d, at.load(sum + i));
    at.store(total, sum + i);
    const V q = hn::Div(d, hn::Add(hn::Sqrt(total), floor));
    at.store(hn::NegMulAdd(rate, q, old), w + i);
  });
}

template <bool with_momentum, bool centred>
HWY_INLINE void rmsprop_as(float* w, const float* g, float* square, float* buffer, float* mean,
                           Size n, double lr, double alpha, double eps, double decay,
                           double momentum) {
  const V rate = rounded(lr), pull = rounded(decay), floor = rounded(eps);
  const V kept = rounded(alpha), added = rounded(1 - alpha), carried = rounded(momentum);
  each_vector(n, [&](const auto& at, Size i) HWY_ATTR {
    const V old = at.load(w + i);
    const V d = hn::MulAdd(pull, old, at.load(g + i));
    const V squares = hn::MulAdd(kept, at.load(square + i), hn::Mul(added, hn::Mul(d, d)));
    at.store(squares, square + i);
    V variance = squares;
    if constexpr (centred) {
      const V before = at.load(mean + i);
      const V middle = hn::MulAdd(added, hn::Sub(d, before), before);
      at.store(middle, mean + i);
      variance = hn::NegMulAdd(middle, middle, squares);
      variance = hn::IfThenZeroElse(hn::Lt(variance, zero()), variance);
    }
    V q = hn::Div(d, hn::Add(hn::Sqrt(variance), floor));
    if constexpr (with_momentum) {
      q = hn::MulAdd(carried, at.load(buffer + i), q);
      at.store(q, buffer + i);
    }
    at.store(hn::NegMulAdd(rate, q, old), w + i);
  });
}

void rmsprop(float* w, const float* g, float* square, float* buffer, float* mean, Size n, double lr,
             double alpha, double eps, double decay, double momentum) {
  const auto run = buffer != nullptr
                       ? (mean != nullptr ? rmsprop_as<true, true> : rmsprop_as<true, false>)
                       : (mean != nullptr ? rmsprop_as<false, true> : rmsprop_as<false, false>);
  run(w, g, square, buffer, mean, n, lr, alpha, eps, decay, momentum);
}

void adam(float* w, const float* g, float* m, float* v, Size n, const AdamStep& step) {
  const V added1 = rounded(1 - step.beta1), kept2 = rounded(step.beta2);
  const V added2 = rounded(1 - step.beta2), rate = rounded(step.lr / step.bias1);
  const V root = rounded(1 / std::sqrt(step.bias2)), floor = rounded(step.eps);
  const V shrink = rounded(step.decoupled ? 1 - step.lr * step.weight_decay : 1);
  const V pull = rounded(step.decoupled ? 0 : step.weight_decay);
  each_vector(n, [&](const auto& at, Size i) HWY_ATTR {
    const V old = at.load(w + i);
    const V d = hn::MulAdd(pull, old, at.load(g + i));
    const V before = at.load(m + i);
    const V first = hn::MulAdd(added1, hn::Sub(d, before), before);
    const V second = hn::MulAdd(kept2, at.load(v + i), hn::Mul(added2, hn::Mul(d, d)));
    at.store(first, m + i);
    at.store(second, v + i);
    const V q = hn::Div(first, hn::MulAdd(hn::Sqrt(second), root, floor));
    at.store(hn::NegMulAdd(rate, q, hn::Mul(old, shrink)), w + i);
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(sgd);
HWY_EXPORT(sgd_momentum);
HWY_EXPORT(adagrad);
HWY_EXPORT(rmsprop);
HWY_EXPORT(adam);

void sgd(float* w, const float* g, Size n, double lr, double decay) {
  HWY_DYNAMIC_DISPATCH(sgd)(w, g, n, lr, decay);
}

void sgd_momentum(float* w, const float* g, float* m, Size n, double lr, double momentum,
                  double dampening, double decay, bool nesterov, bool first_step) {
  HWY_DYNAMIC_DISPATCH(sgd_momentum)
  (w, g, m, n, lr, momentum, dampening, decay, nesterov, first_step);
}

void adagrad(float* w, const float* g, float* sum, Size n, double lr, double eps, double decay) {
  HWY_DYNAMIC_DISPATCH(adagrad)(w, g, sum, n, lr, eps, decay);
}

void rmsprop(float* w, const float* g, float* square, float* buffer, float* mean, Size n, double lr,
             double alpha, double eps, double decay, double momentum) {
  HWY_DYNAMIC_DISPATCH(rmsprop)
  (w, g, square, buffer, mean, n, lr, alpha, eps, decay, momentum);
}

void adam(float* w, const float* g, float* m, float* v, Size n, const AdamStep& step) {
  HWY_DYNAMIC_DISPATCH(adam)(w, g, m, v, n, step);
}

}  // namespace goodfit::kernels
#endif
