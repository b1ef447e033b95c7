#include "goodfit/compute/kernels/layer_norm/layer_norm.hpp"

#include <cmath>

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/layer_norm/layer_norm.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/reductions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

// mean = origin + rest; two differences keep the digits that a large mean would cost.
struct Statistics {
  HWY_INLINE V centred(V x) const { return hn::Sub(hn::Sub(x, set(origin)), set(rest)); }

  float origin, rest, inverse;
};

HWY_INLINE Statistics statistics(const float* x, float eps, Size c) {
  const float share = 1.0f / static_cast<float>(c);
  Statistics row{x[0], 0, 0};
  const V origin = set(row.origin);
  row.rest = share * sum_vectors<1>(c, [&](const auto& at, Size j) HWY_ATTR {
               return std::array<V, 1>{hn::Sub(at.load(x + j), origin)};
             })[0];
  const float spread = sum_vectors<1>(c, [&](const auto& at, Size j) HWY_ATTR {
    const V d = row.centred(at.load(x + j));
    return std::array<V, 1>{hn::Mul(d, d)};
  })[0];
  row.inverse = 1.0f / std::sqrt(spread * share + eps);
  return row;
}

void layer_norm(const float* x, const float* gamma, const float* beta, float eps, float* y,
                Size rows, Size c) {
  for (Size r = 0; r < rows; ++r, x += c, y += c) {
    const Statistics row = statistics(x, eps, c);
    const V inverse = set(row.inverse);
    each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
      const V xhat = hn::Mul(row.centred(at.load(x + j)), inverse);
      at.store(hn::MulAdd(xhat, at.load(gamma + j), at.load(beta + j)), y + j);
    });
  }
}

void layer_norm_backward(const float* x, const float* gamma, const float* dy, float eps, float* dx,
                         Size rows, Size c) {
  const float share = 1.0f / static_cast<float>(c);
  for (Size r = 0; r < rows; ++r, x += c, dy += c, dx += c) {
    const Statistics row = statistics(x, eps, c);
    const V inverse = set(row.inverse);
    const auto sums = sum_vectors<2>(c, [&](const auto& at, Size j) HWY_ATTR {
      const V g = hn::Mul(at.load(dy + j), at.load(gamma + j));
      return std::array<V, 2>{g, hn::Mul(g, hn::Mul(row.centred(at.load(x + j)), inverse))};
    });
    const V mean_g = set(sums[0] * share), mean_g_xhat = set(sums[1] * share);
    each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
      const V g = hn::Mul(at.load(dy + j), at.load(gamma + j));
      const V xhat = hn::Mul(row.centred(at.load(x + j)), inverse);
      at.store(hn::Mul(inverse, hn::NegMulAdd(xhat, mean_g_xhat, hn::Sub(g, mean_g))), dx + j);
    });
  }
}

void layer_norm_backward_parameters(const float* x, const float* dy, float eps, Size rows, Size c,
                                    float* dgamma, float* dbeta) {
  Statistics kept[block_rows];
  Size begin = 0;
  do {  // once for no rows too, which clears the sums
    const Size count = std::min(block_rows, rows - begin);
    const float *xs = x + begin * c, *dys = dy + begin * c;
    for (Size r = 0; r < count; ++r) kept[r] = statistics(xs + r * c, eps, c);
    sum_columns<2>(
        count, c, {dgamma, dbeta}, begin > 0, [&](const auto& at, Size r, Size j) HWY_ATTR {
          const V d = at.load(dys + r * c + j);
          const V xhat = hn::Mul(kept[r].centred(at.load(xs + r * c + j)), set(kept[r].inverse));
          return std::array<V, 2>{hn::Mul(d, xhat), d};
        });
    begin += count;
  } while (begin < rows);
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(layer_norm);
HWY_EXPORT(layer_norm_backward);
HWY_EXPORT(layer_norm_backward_parameters);

void layer_norm(const float* x, const float* gamma, const float* beta, float eps, float* y,
                Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(layer_norm)(x, gamma, beta, eps, y, rows, c);
}

void layer_norm_backward(const float* x, const float* gamma, const float* dy, float eps, float* dx,
                         Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(layer_norm_backward)(x, gamma, dy, eps, dx, rows, c);
}

void layer_norm_backward_parameters(const float* x, const float* dy, float eps, Size rows, Size c,
                                    float* dgamma, float* dbeta) {
  HWY_DYNAMIC_DISPATCH(layer_norm_backward_parameters)(x, dy, eps, rows, c, dgamma, dbeta);
}

}  // namespace goodfit::kernels
#endif
