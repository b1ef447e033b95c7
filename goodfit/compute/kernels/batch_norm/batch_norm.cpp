#include "goodfit/compute/kernels/batch_norm/batch_norm.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/batch_norm/batch_norm.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/reductions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

void inverse_deviations(const float* variance, float eps, float* inverse_deviation, Size c) {
  each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
    const V deviation = hn::Sqrt(hn::Add(at.load(variance + j), set(eps)));
    at.store(hn::Div(set(1.0f), deviation), inverse_deviation + j);
  });
}

template <bool relu>
HWY_INLINE void normalize(const float* x, const float* mean, const float* inverse_deviation,
                          const float* gamma, const float* beta, float* y, Size rows, Size c) {
  each_row(
      rows, c,
      [&](const auto& at, Size j) HWY_ATTR {
        const V factor = hn::Mul(at.load(inverse_deviation + j), at.load(gamma + j));
        return std::array<V, 3>{at.load(mean + j), factor, at.load(beta + j)};
      },
      [&](const auto& at, const std::array<V, 3>& column, Size i) HWY_ATTR {
        const V out = hn::MulAdd(hn::Sub(at.load(x + i), column[0]), column[1], column[2]);
        at.store(relu ? rectified(out) : out, y + i);
      });
}

void batch_norm_normalize(const float* x, const float* mean, const float* inverse_deviation,
                          const float* gamma, const float* beta, float* y, Size rows, Size c,
                          bool relu) {
  if (relu) {
    normalize<true>(x, mean, inverse_deviation, gamma, beta, y, rows, c);
  } else {
    normalize<false>(x, mean, inverse_deviation, gamma, beta, y, rows, c);
  }
}

template <bool relu, class At>
HWY_INLINE V slope(const At& at, const float* dy, const float* y, Size i) {
  const V whole = at.load(dy + i);
  if constexpr (relu) return hn::IfThenElseZero(hn::Gt(at.load(y + i), zero()), whole);
  return whole;
}

template <bool relu>
HWY_INLINE void backward_sums(const float* x, const float* dy, const float* y, const float* mean,
                              Size rows, Size c, float* sum_dy, float* sum_dy_xhat) {
  sum_columns<2>(rows, c, {sum_dy, sum_dy_xhat}, false,
                 [&](const auto& at, Size r, Size j) HWY_ATTR {
                   const V d = slope<relu>(at, dy, y, r * c + j);
                   const V centred = hn::Sub(at.load(x + r * c + j), at.load(mean + j));
                   return std::array<V, 2>{d, hn::Mul(d, centred)};
                 });
}

void batch_norm_backward_sums(const float* x, const float* dy, const float* y, const float* mean,
                              const float* inverse_deviation, Size rows, Size c, float* sum_dy,
                              float* sum_dy_xhat) {
  if (y != nullptr) {
    backward_sums<true>(x, dy, y, mean, rows, c, sum_dy, sum_dy_xhat);
  } else {
    backward_sums<false>(x, dy, y, mean, rows, c, sum_dy, sum_dy_xhat);
  }
  each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
    at.store(hn::Mul(at.load(sum_dy_xhat + j), at.load(inverse_deviation + j)), sum_dy_xhat + j);
  });
}

template <bool relu>
HWY_INLINE void backward(const float* x, const float* dy, const float* y, const float* mean,
                         const float* inverse_deviation, const float* gamma, const float* sum_dy,
                         const float* sum_dy_xhat, Size count, float* dx, Size rows, Size c) {
  const V share = set(1.0f / static_cast<float>(count));
  each_row(
      rows, c,
      [&](const auto& at, Size j) HWY_ATTR {
        const V inverse = at.load(inverse_deviation + j);
        return std::array<V, 4>{at.load(mean + j), hn::Mul(at.load(gamma + j), inverse),
                                hn::Mul(at.load(sum_dy + j), share),
                                hn::Mul(hn::Mul(at.load(sum_dy_xhat + j), share), inverse)};
      },
      [&](const auto& at, const std::array<V, 4>& column, Size i) HWY_ATTR {
        const V centred = hn::Sub(at.load(x + i), column[0]);
        const V d = hn::Sub(slope<relu>(at, dy, y, i), column[2]);
        at.store(hn::Mul(column[1], hn::NegMulAdd(centred, column[3], d)), dx + i);
      });
}

void batch_norm_backward(const float* x, const float* dy, const float* y, const float* mean,
                         const float* inverse_deviation, const float* gamma, const float* sum_dy,
                         const float* sum_dy_xhat, Size count, float* dx, Size rows, Size c) {
  if (y != nullptr) {
    backward<true>(x, dy, y, mean, inverse_deviation, gamma, sum_dy, sum_dy_xhat, count, dx, rows,
                   c);
  } else {
    backward<false>(x, dy, y, mean, inverse_deviation, gamma, sum_dy, sum_dy_xhat, count, dx, rows,
                    c);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(inverse_deviations);
HWY_EXPORT(batch_norm_normalize);
HWY_EXPORT(batch_norm_backward_sums);
HWY_EXPORT(batch_norm_backward);

void inverse_deviations(const float* variance, float eps, float* inverse_deviation, Size c) {
  HWY_DYNAMIC_DISPATCH(inverse_deviations)(variance, eps, inverse_deviation, c);
}

void batch_norm_normalize(const float* x, const float* mean, const float* inverse_deviation,
                          const float* gamma, const float* beta, float* y, Size rows, Size c,
                          bool relu) {
  HWY_DYNAMIC_DISPATCH(batch_norm_normalize)
  (x, mean, inverse_deviation, gamma, beta, y, rows, c, relu);
}

void batch_norm_backward_sums(const float* x, const float* dy, const float* y, const float* mean,
                              const float* inverse_deviation, Size rows, Size c, float* sum_dy,
                              float* sum_dy_xhat) {
  HWY_DYNAMIC_DISPATCH(batch_norm_backward_sums)
  (x, dy, y, mean, inverse_deviation, rows, c, sum_dy, sum_dy_xhat);
}

void batch_norm_backward(const float* x, const float* dy, const float* y, const float* mean,
                         const float* inverse_deviation, const float* gamma, const float* sum_dy,
                         const float* sum_dy_xhat, Size count, float* dx, Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(batch_norm_backward)
  (x, dy, y, mean, inverse_deviation, gamma, sum_dy, sum_dy_xhat, count, dx, rows, c);
}

}  // namespace goodfit::kernels
#endif
