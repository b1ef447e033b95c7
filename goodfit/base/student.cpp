#include "goodfit/base/student.hpp"

#include <cmath>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

// The continued fraction, which is fast for x < (a + 1) / (a + b + 2).
double fraction(double a, double b, double x) {
  constexpr double tiny = 1e-300, exact = 1e-16;
  double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), value = d;
  for (int m = 1; m < 1000; ++m) {
    const double k = 2.0 * m;
    double change = 1;
    for (const double term : {m * (b - m) * x / ((a + k - 1) * (a + k)),
                              -(a + m) * (a + b + m) * x / ((a + k) * (a + k + 1))}) {
      d = 1 + term * d;
      c = 1 + term / c;
      if (std::abs(d) < tiny) d = tiny;
      if (std::abs(c) < tiny) c = tiny;
      d = 1 / d;
      change = c * d;
      value *= change;
    }
    if (std::abs(change - 1) < exact) break;
  }
  return value;
}

}  // namespace

double incomplete_beta(double a, double b, double x) {
  must(a > 0 && b > 0 && x >= 0 && x <= 1, "incomplete_beta is asked outside its domain");
  if (x == 0 || x == 1) return x;
  if (x > (a + 1) / (a + b + 2)) return 1 - incomplete_beta(b, a, 1 - x);
  const double beta = std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
  return std::exp(a * std::log(x) + b * std::log1p(-x) - beta) * fraction(a, b, x) / a;
}

double student_p(double t, double freedom) {
  if (std::isinf(t)) return 0;
  return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

double student_quantile(double within, double freedom) {
  must(within >= 0 && within < 1, "student_quantile is asked for a probability that is none");
  double low = 0, high = 1;
  while (student_p(high, freedom) > 1 - within) high *= 2;
  for (int i = 0; i < 200 && high - low > 1e-15 * high; ++i) {
    const double middle = (low + high) / 2;
    (student_p(middle, freedom) > 1 - within ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace goodfit
