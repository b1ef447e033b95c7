// Column: what batch norm does to the elements of a vector of columns, once per target.
#if defined(GOODFIT_KERNELS_BATCH_NORM_COLUMN) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_KERNELS_BATCH_NORM_COLUMN
#undef GOODFIT_KERNELS_BATCH_NORM_COLUMN
#else
#define GOODFIT_KERNELS_BATCH_NORM_COLUMN
#endif

#include "goodfit/compute/kernels/reductions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

// y = (x − mean) factor + beta; without gamma and beta they are zero and only `centred` counts.
struct NormColumn {
  V mean, factor, beta;

  template <class At>
  HWY_INLINE NormColumn(const At& at, Size j, const float* means, const float* inverse_deviations,
                        const float* gammas, const float* betas)
      : mean(at.load(means + j)),
        factor(gammas == nullptr ? zero()
                                 : hn::Mul(at.load(gammas + j), at.load(inverse_deviations + j))),
        beta(betas != nullptr ? at.load(betas + j) : zero()) {}

  HWY_INLINE V centred(V x) const { return hn::Sub(x, mean); }
  HWY_INLINE V of(V centred) const { return hn::MulAdd(centred, factor, beta); }
};

// dx = factor (dy − sum − (x − mean) product)
struct NormSlopes {
  V sum, product;

  template <class At>
  HWY_INLINE NormSlopes(const At& at, Size j, const float* sum_dy, const float* sum_dy_xhat,
                        const float* inverse_deviations, Size count) {
    const V share = set(1.0f / static_cast<float>(count));
    sum = hn::Mul(at.load(sum_dy + j), share);
    product = hn::Mul(hn::Mul(at.load(sum_dy_xhat + j), share), at.load(inverse_deviations + j));
  }

  HWY_INLINE V dx(const NormColumn& column, V centred, V dy) const {
    return hn::Mul(column.factor, hn::NegMulAdd(centred, product, hn::Sub(dy, sum)));
  }
};

// sums of dy (x − mean) become those of dy x̂
HWY_INLINE void scale_by_deviation(const float* inverse_deviation, float* sums, Size c) {
  each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
    at.store(hn::Mul(at.load(sums + j), at.load(inverse_deviation + j)), sums + j);
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#endif
