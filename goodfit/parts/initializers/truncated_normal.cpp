#include "goodfit/parts/initializers/truncated_normal.hpp"

#include <cmath>
#include <numbers>

namespace goodfit {
namespace {

// A standard normal given a ≤ z ≤ b, where the normal rarely falls; 0 ≤ a. The proposal is
// exponential with rate a: φ(z) e^{a z} is largest at z = a, so no proposal is too low.
double in_tail(double a, double b, Random& random) {
  for (;;) {
    const double share = random.uniform();
    // −log(1 − u (1 − e^{−a (b − a)})) / a, which is u (b − a) in the limit of small a.
    const double beyond =
        a * (b - a) > 1e-9 ? -std::log1p(share * std::expm1(-a * (b - a))) / a : share * (b - a);
    if (random.uniform() < std::exp(-0.5 * beyond * beyond)) return std::min(a + beyond, b);
  }
}

double cut_normal(double a, double b, Random& random) {
  const auto below = [](double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); };
  if (below(b) - below(a) >= 0.25)
    for (;;)
      if (const double z = random.normal(); a <= z && z <= b) return z;
  if (a >= 0) return in_tail(a, b, random);
  if (b <= 0) return -in_tail(-b, -a, random);
  for (;;) {  // a short interval around 0
    const double z = a + (b - a) * random.uniform();
    if (random.uniform() < std::exp(-0.5 * z * z)) return z;
  }
}

}  // namespace

void TruncatedNormal::fill(Span w, const Fan&, Random& random) const {
  if (!(low < high))
    fail("truncated_normal.high = {} is not allowed: must be above truncated_normal.low = {}", high,
         low);
  const double a = (low - mean) / std, b = (high - mean) / std;
  for (float& x : w) x = float(mean + std * cut_normal(a, b, random));
}

}  // namespace goodfit
