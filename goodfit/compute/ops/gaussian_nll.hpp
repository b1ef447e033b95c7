// Negative log-likelihood of numbers under a normal distribution, for each sample the mean over its
// targets, without the constant ½ log 2π:
//
//   ½ (log v + e² / v),  v = e^s + ε,  e = x − t
//   slopes:  in x  e / v        in s  ½ e^s / v · (1 − e² / v)
//
// outputs: [batch, …, 2 K], K means x and then K log variances s   t: [batch, …, K]
// log v = max(s, log ε) + log(1 + e^{−|s − log ε|}) is finite for any s.
#pragma once
#include <cmath>

#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/row_loss.hpp"

namespace goodfit {

struct GaussianError {
  explicit GaussianError(double floor) : eps(floor), log_eps(std::log(floor)) {}
  double eps, log_eps;
  static constexpr std::string_view name = "gaussian_nll";
  std::string settings() const { return formatted("eps={}", eps); }
  Size targets(Size width) const {
    if (width % 2 != 0)
      fail("gaussian_nll: {} outputs are not a mean and a log variance for each target", width);
    return width / 2;
  }
  template <class T>
  T log_variance(T s) const {
    return std::max(s, T(log_eps)) + std::log1p(std::exp(-std::abs(s - T(log_eps))));
  }
  template <class T>
  T loss(const T* x, const T* t, Size c) const {
    const Size k = c / 2;
    double sum = 0;
    for (Size i = 0; i < k; ++i) {
      const T log_v = log_variance(x[k + i]), e = x[i] - t[i];
      sum += 0.5 * double(log_v + e * e * std::exp(-log_v));
    }
    return T(sum / double(k));
  }
  template <class T>
  void slope(const T* x, const T* t, T dloss, T* dx, Size c) const {
    const Size k = c / 2;
    const T share = dloss / T(k);
    for (Size i = 0; i < k; ++i) {
      const T s = x[k + i], log_v = log_variance(s), e = x[i] - t[i];
      const T precision = std::exp(-log_v);
      dx[i] = share * e * precision;
      dx[k + i] = share * T(0.5) * std::exp(s - log_v) * (T(1) - e * e * precision);
    }
  }
};

inline Value gaussian_nll(Value outputs, Value target, double eps = 1e-6) {
  return row_loss(GaussianError(eps), outputs, target);
}

}  // namespace goodfit
