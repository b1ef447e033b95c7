#include "goodfit/compute/kernels/batch_norm/batch_norm_max_pool.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/batch_norm/batch_norm_max_pool.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/batch_norm/column-inl.hpp"
#include "goodfit/compute/kernels/pooling/largest-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

// A vector of channels of the four pixels of a window, row by row, less the mean.
struct NormSquare {
  V centred[4];

  template <class At>
  HWY_INLINE NormSquare(const At& at, const NormColumn& column, const float* x, Size right,
                        Size below) {
    HWY_UNROLL(4)
    for (Size i = 0; i < 4; ++i)
      centred[i] = column.centred(at.load(x + i % 2 * right + i / 2 * below));
  }
  // The largest of the rectified norms, marked by mark(its number).
  template <class Mark>
  HWY_INLINE Largest largest(const NormColumn& column, const Mark& mark) const {
    Largest most(rectified(column.of(centred[0])), mark(0));
    HWY_UNROLL(3) for (Size i = 1; i < 4; ++i) {
      most.see(rectified(column.of(centred[i])), mark(i));
    }
    return most;
  }
};

// dy where the relu let the largest pass
HWY_INLINE V passed(const Largest& most, V dy) {
  return hn::IfThenElseZero(hn::Gt(most.value, zero()), dy);
}

// body(floats before the row's first pixel, floats before its first window) for rows of windows
template <class Body>
HWY_INLINE void rows_of_squares(const Pooling& g, Size samples, const Body& body) {
  for (Size n = 0; n < samples; ++n) {
    for (Size o = 0; o < g.height.out; ++o) {
      body(n * g.input_floats() + 2 * o * g.width.in * g.channels,
           n * g.output_floats() + o * g.width.out * g.channels);
    }
  }
}

void batch_norm_max_pool(const Pooling& g, const float* x, const float* mean,
                         const float* inverse_deviation, const float* gamma, const float* beta,
                         Size samples, float* y) {
  const Size c = g.channels, below = g.width.in * c;
  rows_of_squares(g, samples, [&](Size pixel, Size window) HWY_ATTR {
    each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
      const NormColumn column(at, j, mean, inverse_deviation, gamma, beta);
      for (Size q = 0; q < g.width.out; ++q) {
        const NormSquare square(at, column, x + pixel + 2 * q * c + j, c, below);
        const Largest most = square.largest(column, [](Size) HWY_ATTR { return zero(); });
        at.store(most.value, y + window + q * c + j);
      }
    });
  });
}

void batch_norm_max_pool_sums(const Pooling& g, const float* x, const float* dy, const float* mean,
                              const float* inverse_deviation, const float* gamma, const float* beta,
                              Size samples, float* sum_dy, float* sum_dy_xhat) {
  const Size c = g.channels, below = g.width.in * c;
  std::fill_n(sum_dy, c, 0.0f);
  std::fill_n(sum_dy_xhat, c, 0.0f);
  rows_of_squares(g, samples, [&](Size pixel, Size window) HWY_ATTR {
    each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
      const NormColumn column(at, j, mean, inverse_deviation, gamma, beta);
      V slopes = zero(), products = zero();  // of this row alone: the error grows with the rows
      for (Size q = 0; q < g.width.out; ++q) {
        const NormSquare square(at, column, x + pixel + 2 * q * c + j, c, below);
        const Largest most =
            square.largest(column, [&](Size i) HWY_ATTR { return square.centred[i]; });
        const V d = passed(most, at.load(dy + window + q * c + j));
        slopes = hn::Add(slopes, d);
        products = hn::Add(products, hn::Mul(d, most.mark));
      }
      at.store(hn::Add(at.load(sum_dy + j), slopes), sum_dy + j);
      at.store(hn::Add(at.load(sum_dy_xhat + j), products), sum_dy_xhat + j);
    });
  });
  scale_by_deviation(inverse_deviation, sum_dy_xhat, c);
}

void batch_norm_max_pool_backward(const Pooling& g, const float* x, const float* dy,
                                  const float* mean, const float* inverse_deviation,
                                  const float* gamma, const float* beta, const float* sum_dy,
                                  const float* sum_dy_xhat, Size count, Size samples, float* dx) {
  const Size c = g.channels, below = g.width.in * c;
  const auto without_window = [&](Size first, Size pixels) HWY_ATTR {
    each_row(
        pixels, c,
        [&](const auto& at, Size j) HWY_ATTR {
          return std::pair{NormColumn(at, j, mean, inverse_deviation, gamma, beta),
                           NormSlopes(at, j, sum_dy, sum_dy_xhat, inverse_deviation, count)};
        },
        [&](const auto& at, const auto& kept, Size i) HWY_ATTR {
          const V centred = kept.first.centred(at.load(x + first + i));
          at.store(kept.second.dx(kept.first, centred, zero()), dx + first + i);
        });
  };
  rows_of_squares(g, samples, [&](Size pixel, Size window) HWY_ATTR {
    each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
      const NormColumn column(at, j, mean, inverse_deviation, gamma, beta);
      const NormSlopes slopes(at, j, sum_dy, sum_dy_xhat, inverse_deviation, count);
      for (Size q = 0; q < g.width.out; ++q) {
        const Size first = pixel + 2 * q * c + j;
        const NormSquare square(at, column, x + first, c, below);
        const Largest most =
            square.largest(column, [](Size i) HWY_ATTR { return set(static_cast<float>(i)); });
        const V d = passed(most, at.load(dy + window + q * c + j));
        HWY_UNROLL(4) for (Size i = 0; i < 4; ++i) {
          const auto here = hn::Eq(most.mark, set(static_cast<float>(i)));
          at.store(slopes.dx(column, square.centred[i], hn::IfThenElseZero(here, d)),
                   dx + first + i % 2 * c + i / 2 * below);
        }
      }
    });
    if (g.width.in > 2 * g.width.out) {
      const Size last = pixel + 2 * g.width.out * c;
      without_window(last, 1);
      without_window(last + below, 1);
    }
  });
  if (g.height.in > 2 * g.height.out)
    for (Size n = 0; n < samples; ++n)
      without_window(n * g.input_floats() + 2 * g.height.out * below, g.width.in);
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(batch_norm_max_pool);
HWY_EXPORT(batch_norm_max_pool_sums);
HWY_EXPORT(batch_norm_max_pool_backward);

bool pools_squares(const Pooling& g) {
  const auto pairs = [](const ConvolutionAxis& axis) {
    return axis.kernel == 2 && axis.up == 2 && axis.pad == 0 && axis.out == axis.in / 2;
  };
  return pairs(g.height) && pairs(g.width);
}

void batch_norm_max_pool(const Pooling& g, const float* x, const float* mean,
                         const float* inverse_deviation, const float* gamma, const float* beta,
                         Size samples, float* y) {
  HWY_DYNAMIC_DISPATCH(batch_norm_max_pool)
  (g, x, mean, inverse_deviation, gamma, beta, samples, y);
}

void batch_norm_max_pool_sums(const Pooling& g, const float* x, const float* dy, const float* mean,
                              const float* inverse_deviation, const float* gamma, const float* beta,
                              Size samples, float* sum_dy, float* sum_dy_xhat) {
  HWY_DYNAMIC_DISPATCH(batch_norm_max_pool_sums)
  (g, x, dy, mean, inverse_deviation, gamma, beta, samples, sum_dy, sum_dy_xhat);
}

void batch_norm_max_pool_backward(const Pooling& g, const float* x, const float* dy,
                                  const float* mean, const float* inverse_deviation,
                                  const float* gamma, const float* beta, const float* sum_dy,
                                  const float* sum_dy_xhat, Size count, Size samples, float* dx) {
  HWY_DYNAMIC_DISPATCH(batch_norm_max_pool_backward)
  (g, x, dy, mean, inverse_deviation, gamma, beta, sum_dy, sum_dy_xhat, count, samples, dx);
}

}  // namespace goodfit::kernels
#endif
