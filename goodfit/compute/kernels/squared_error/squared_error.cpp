#include "goodfit/compute/kernels/squared_error/squared_error.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/squared_error/squared_error.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

// Rows of one element, as in most regressions, are walked as one vector.
void squared_error(const float* x, const float* target, float* loss, Size rows, Size c) {
  const auto square = [&](const auto& at, Size i) HWY_ATTR {
    const V d = hn::Sub(at.load(x + i), at.load(target + i));
    return hn::Mul(d, d);
  };
  if (c == 1) {
    each_vector(rows, [&](const auto& at, Size r) HWY_ATTR { at.store(square(at, r), loss + r); });
    return;
  }
  for (Size r = 0; r < rows; ++r) {
    loss[r] =
        sum_vectors<1>(c, [&](const auto& at, Size j)
                              HWY_ATTR { return std::array<V, 1>{square(at, r * c + j)}; })[0] /
        static_cast<float>(c);
  }
}

void squared_error_backward(const float* x, const float* target, const float* dloss, float* dx,
                            Size rows, Size c) {
  if (c == 1) {
    each_vector(rows, [&](const auto& at, Size r) HWY_ATTR {
      const V d = hn::Sub(at.load(x + r), at.load(target + r));
      at.store(hn::Mul(hn::Mul(at.load(dloss + r), set(2.0f)), d), dx + r);
    });
    return;
  }
  for (Size r = 0; r < rows; ++r) {
    const V factor = set(dloss[r] * 2.0f / static_cast<float>(c));
    each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
      const Size i = r * c + j;
      at.store(hn::Mul(factor, hn::Sub(at.load(x + i), at.load(target + i))), dx + i);
    });
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(squared_error);
HWY_EXPORT(squared_error_backward);

void squared_error(const float* x, const float* target, float* loss, Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(squared_error)(x, target, loss, rows, c);
}

void squared_error_backward(const float* x, const float* target, const float* dloss, float* dx,
                            Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(squared_error_backward)(x, target, dloss, dx, rows, c);
}

}  // namespace goodfit::kernels
#endif
