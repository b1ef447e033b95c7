// Row norm: group norm of samples that are one row and one group, as layer norm has them.
//
// A row's statistics are values of the loops: no store could change them, so that a compiler keeps
// them in registers. The row behind is fetched beforehand, as it often begins a new page.
#if defined(GOODFIT_KERNELS_ROW_NORM) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_KERNELS_ROW_NORM
#undef GOODFIT_KERNELS_ROW_NORM
#else
#define GOODFIT_KERNELS_ROW_NORM
#endif

#include "goodfit/compute/kernels/group_norm/group_norm.hpp"
#include "goodfit/compute/kernels/reductions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

// Mean and Σ (x − mean)², counted from the first element.
HWY_INLINE std::array<float, 2> row_moments(const float* x, Size width) {
  fetch_row<Next::is_read>(x + width, width);
  const V origin = set(x[0]);
  const float mean = sum_vectors<1>(width,
                                    [=](const auto& at, Size j) HWY_ATTR {
                                      return std::array<V, 1>{hn::Sub(at.load(x + j), origin)};
                                    })[0] /
                     static_cast<float>(width);
  const float m2 = sum_vectors<1>(width, [=](const auto& at, Size j) HWY_ATTR {
    const V d = hn::Sub(hn::Sub(at.load(x + j), origin), set(mean));
    return std::array<V, 1>{hn::Mul(d, d)};
  })[0];
  return {mean, m2};
}

template <bool relu>
HWY_INLINE void normalize_row(Size width, const float* x, const float* statistics,
                              const float* gamma, const float* beta, float* y, bool far) {
  if (!far) fetch_row<Next::is_written>(y + width, width);
  const V origin = set(statistics[0]), rest = set(statistics[1]), inverse = set(statistics[2]);
  each_vector(width, [=](const auto& at, Size j) HWY_ATTR {
    const V centred = hn::Sub(hn::Sub(at.load(x + j), origin), rest);
    const V factor = hn::Mul(inverse, at.load(gamma + j));
    const V out = hn::MulAdd(centred, factor, at.load(beta + j));
    at.store(relu ? rectified(out) : out, y + j, far);
  });
}

HWY_INLINE void row_backward(const Grouping& g, const float* x, const float* statistics,
                             const float* gamma, const float* dy, float* dx, bool far) {
  const Size width = g.channels;
  if (!far) fetch_row<Next::is_written>(dx + width, width);
  const V origin = set(statistics[0]), rest = set(statistics[1]), inverse = set(statistics[2]);
  const auto xhat = [=](const auto& at, Size j) HWY_ATTR {
    return hn::Mul(hn::Sub(hn::Sub(at.load(x + j), origin), rest), inverse);
  };
  const auto sums = sum_vectors<2>(width, [=](const auto& at, Size j) HWY_ATTR {
    const V slope = hn::Mul(at.load(dy + j), at.load(gamma + j));
    return std::array<V, 2>{slope, hn::Mul(slope, xhat(at, j))};
  });
  const float share = 1.0f / static_cast<float>(width);
  const V mean = set(g.centred ? sums[0] * share : 0.0f), mean_xhat = set(sums[1] * share);
  each_vector(width, [=](const auto& at, Size j) HWY_ATTR {
    const V slope = hn::MulSub(at.load(dy + j), at.load(gamma + j), mean);
    at.store(hn::Mul(inverse, hn::NegMulAdd(xhat(at, j), mean_xhat, slope)), dx + j, far);
  });
}

HWY_INLINE void rows_backward_parameters(Size width, const float* x, const float* statistics,
                                         const float* dy, Size rows, float* dgamma, float* dbeta) {
  sum_columns<2>(rows, width, {dgamma, dbeta}, false, [=](const auto& at, Size r, Size j) HWY_ATTR {
    const float* own = statistics + 3 * r;
    const V d = at.load(dy + r * width + j), value = at.load(x + r * width + j);
    const V centred = hn::Sub(hn::Sub(value, set(own[0])), set(own[1]));
    return std::array<V, 2>{hn::Mul(d, hn::Mul(centred, set(own[2]))), d};
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#endif
