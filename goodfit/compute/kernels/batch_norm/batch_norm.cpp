#include "goodfit/compute/kernels/batch_norm/batch_norm.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/batch_norm/batch_norm.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/batch_norm/column-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

void inverse_deviations(const float* variance, float eps, float* inverse_deviation, Size c) {
  each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
    const V deviation = hn::Sqrt(hn::Add(at.load(variance + j), set(eps)));
    at.store(hn::Div(set(1.0f), deviation), inverse_deviation + j);
  });
}

// after(part, norm, i) is what is stored.
template <class After>
HWY_INLINE void normalize(const float* x, const float* mean, const float* inverse_deviation,
                          const float* gamma, const float* beta, float* y, Size rows, Size c,
                          bool far, const After& after) {
  each_row(
      rows, c,
      [&](const auto& at, Size j)
          HWY_ATTR { return NormColumn(at, j, mean, inverse_deviation, gamma, beta); },
      [&](const auto& at, const NormColumn& column, Size i) HWY_ATTR {
        at.store(after(at, column.of(column.centred(at.load(x + i))), i), y + i, far);
      });
}

void batch_norm_normalize(const float* x, const float* mean, const float* inverse_deviation,
                          const float* gamma, const float* beta, float* y, Size rows, Size c,
                          bool relu, const float* added, bool far) {
  const auto with = [&](const auto& after) HWY_ATTR {
    normalize(x, mean, inverse_deviation, gamma, beta, y, rows, c, far, after);
  };
  if (relu && added)
    with([&](const auto& at, V norm, Size i)
             HWY_ATTR { return rectified(hn::Add(norm, at.load(added + i))); });
  else if (added)
    with([&](const auto& at, V norm, Size i)
             HWY_ATTR { return hn::Add(norm, at.load(added + i)); });
  else if (relu)
    with([&](const auto&, V norm, Size) HWY_ATTR { return rectified(norm); });
  else
    with([&](const auto&, V norm, Size) HWY_ATTR { return norm; });
}

// dy, with relu where y > 0.
template <bool relu>
HWY_INLINE V slope(const NormColumn& column, V centred, V dy) {
  if constexpr (relu) return hn::IfThenElseZero(hn::Gt(column.of(centred), zero()), dy);
  return dy;
}

template <bool relu>
HWY_INLINE void backward_sums(const float* x, const float* dy, const float* mean,
                              const float* inverse_deviation, const float* gamma, const float* beta,
                              Size rows, Size c, float* sum_dy, float* sum_dy_xhat) {
  sum_columns<2>(rows, c, {sum_dy, sum_dy_xhat}, false,
                 [&](const auto& at, Size r, Size j) HWY_ATTR {
                   const NormColumn column(at, j, mean, inverse_deviation, gamma, beta);
                   const V centred = column.centred(at.load(x + r * c + j));
                   const V d = slope<relu>(column, centred, at.load(dy + r * c + j));
                   return std::array<V, 2>{d, hn::Mul(d, centred)};
                 });
  scale_by_deviation(inverse_deviation, sum_dy_xhat, c);
}

void batch_norm_backward_sums(const float* x, const float* dy, const float* mean,
                              const float* inverse_deviation, const float* gamma, const float* beta,
                              Size rows, Size c, float* sum_dy, float* sum_dy_xhat) {
  if (beta != nullptr) {
    backward_sums<true>(x, dy, mean, inverse_deviation, gamma, beta, rows, c, sum_dy, sum_dy_xhat);
  } else {
    backward_sums<false>(x, dy, mean, inverse_deviation, gamma, beta, rows, c, sum_dy, sum_dy_xhat);
  }
}

template <bool relu>
HWY_INLINE void backward(const float* x, const float* dy, const float* mean,
                         const float* inverse_deviation, const float* gamma, const float* beta,
                         const float* sum_dy, const float* sum_dy_xhat, Size count, float* dx,
                         Size rows, Size c, bool far) {
  struct Kept {
    NormColumn column;
    NormSlopes slopes;
  };
  each_row(
      rows, c,
      [&](const auto& at, Size j) HWY_ATTR {
        return Kept{NormColumn(at, j, mean, inverse_deviation, gamma, beta),
                    NormSlopes(at, j, sum_dy, sum_dy_xhat, inverse_deviation, count)};
      },
      [&](const auto& at, const Kept& kept, Size i) HWY_ATTR {
        const V centred = kept.column.centred(at.load(x + i));
        const V d = slope<relu>(kept.column, centred, at.load(dy + i));
        at.store(kept.slopes.dx(kept.column, centred, d), dx + i, far);
      });
}

void batch_norm_backward(const float* x, const float* dy, const float* mean,
                         const float* inverse_deviation, const float* gamma, const float* beta,
                         const float* sum_dy, const float* sum_dy_xhat, Size count, float* dx,
                         Size rows, Size c, bool far) {
  if (beta != nullptr) {
    backward<true>(x, dy, mean, inverse_deviation, gamma, beta, sum_dy, sum_dy_xhat, count, dx,
                   rows, c, far);
  } else {
    backward<false>(x, dy, mean, inverse_deviation, gamma, beta, sum_dy, sum_dy_xhat, count, dx,
                    rows, c, far);
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
                          bool relu, const float* added, bool far) {
  HWY_DYNAMIC_DISPATCH(batch_norm_normalize)
  (x, mean, inverse_deviation, gamma, beta, y, rows, c, relu, added, far);
}

void batch_norm_backward_sums(const float* x, const float* dy, const float* mean,
                              const float* inverse_deviation, const float* gamma, const float* beta,
                              Size rows, Size c, float* sum_dy, float* sum_dy_xhat) {
  HWY_DYNAMIC_DISPATCH(batch_norm_backward_sums)
  (x, dy, mean, inverse_deviation, gamma, beta, rows, c, sum_dy, sum_dy_xhat);
}

void batch_norm_backward(const float* x, const float* dy, const float* mean,
                         const float* inverse_deviation, const float* gamma, const float* beta,
                         const float* sum_dy, const float* sum_dy_xhat, Size count, float* dx,
                         Size rows, Size c, bool far) {
  HWY_DYNAMIC_DISPATCH(batch_norm_backward)
  (x, dy, mean, inverse_deviation, gamma, beta, sum_dy, sum_dy_xhat, count, dx, rows, c, far);
}

}  // namespace goodfit::kernels
#endif
