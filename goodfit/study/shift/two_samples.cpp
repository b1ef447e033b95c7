#include "goodfit/study/shift/two_samples.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace goodfit {
namespace {

constexpr double enough = 5;  // expected in a cell

double total(std::span<const Size> counts) {
  return double(std::accumulate(counts.begin(), counts.end(), Size{0}));
}

// Log of the chance of k of n, where k + l of n + m are drawn at random.
double hypergeometric(double k, double n, double both, double m) {
  const auto choose = [](double of, double some) {
    return std::lgamma(of + 1) - std::lgamma(some + 1) - std::lgamma(of - some + 1);
  };
  return choose(n, k) + choose(m, both - k) - choose(n + m, both);
}

}  // namespace

double ks_distance(std::span<const float> a, std::span<const float> b) {
  if (a.empty() || b.empty()) return 0;
  double farthest = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const float x = std::min(a[i], b[j]);
    while (i < a.size() && a[i] == x) ++i;
    while (j < b.size() && b[j] == x) ++j;
    const double apart = double(i) / double(a.size()) - double(j) / double(b.size());
    farthest = std::max(farthest, std::abs(apart));
  }
  return farthest;
}

double ks_p(double distance, double n, double m) {
  const double squared = distance > 0 ? distance * distance * n * m / (n + m) : 0;
  if (squared < 0.09) return 1;  // the series is 1 to ten digits
  double sum = 0;
  for (int j = 1; j < 100; ++j) {
    const double term = std::exp(-2.0 * j * j * squared);
    sum += j % 2 == 1 ? term : -term;
    if (term < 1e-17 * sum) break;
  }
  return std::clamp(2 * sum, 0.0, 1.0);
}

double chi_square_p(double x, double freedom) {
  const double a = freedom / 2, z = x / 2;
  if (x <= 0) return 1;
  const double factor = std::exp(a * std::log(z) - z - std::lgamma(a));
  if (z < a + 1) {  // DLMF 8.11.4: the part below
    double term = 1 / a, sum = term;
    for (int k = 1; k < 100000 && term > 1e-17 * sum; ++k) sum += term *= z / (a + k);
    return std::clamp(1 - factor * sum, 0.0, 1.0);
  }
  double b = z + 1 - a, c = 1e300, d = 1 / b, fraction = d;  // DLMF 8.9.2 by Lentz's method
  for (int k = 1; k < 100000; ++k) {
    const double top = k * (a - k);
    b += 2;
    d = 1 / (b + top * d);
    c = b + top / c;
    fraction *= c * d;
    if (std::abs(c * d - 1) < 1e-15) break;
  }
  return std::clamp(factor * fraction, 0.0, 1.0);
}

double homogeneity_p(std::span<const Size> a, std::span<const Size> b) {
  const double n = total(a), m = total(b);
  if (n == 0 || m == 0) return 1;
  double pearson = 0, likelihood = 0, pooled_a = 0, pooled_b = 0;
  int cells = 0;
  const auto add = [&](double x, double y) {
    ++cells;
    for (const auto& [seen, share] : {std::pair{x, n}, {y, m}}) {
      const double expected = (x + y) * share / (n + m);
      pearson += (seen - expected) * (seen - expected) / expected;
      if (seen > 0) likelihood += 2 * seen * std::log(seen / expected);
    }
  };
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double x = double(a[i]), y = double(b[i]);
    if ((x + y) * std::min(n, m) / (n + m) >= enough)
      add(x, y);
    else
      pooled_a += x, pooled_b += y;
  }
  if ((pooled_a + pooled_b) * std::min(n, m) / (n + m) >= enough) add(pooled_a, pooled_b);
  return cells < 2 ? 1 : chi_square_p(std::min(pearson, likelihood), cells - 1);
}

double total_variation(std::span<const Size> a, std::span<const Size> b) {
  const double n = total(a), m = total(b);
  if (n == 0 || m == 0) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(double(a[i]) / n - double(b[i]) / m);
  return sum / 2;
}

double fisher_p(double k, double n, double l, double m) {
  const double both = k + l, apart = n + m - both;
  if (n == 0 || m == 0 || both == 0 || apart == 0) return 1;
  if (std::min(n, m) * std::min(both, apart) / (n + m) > 1000) {
    const Size rows[2] = {Size(k), Size(n - k)}, others[2] = {Size(l), Size(m - l)};
    return homogeneity_p(rows, others);
  }
  const double seen = hypergeometric(k, n, both, m);
  double p = 0;
  for (double i = std::max(0.0, both - m); i <= std::min(n, both); ++i)
    if (const double one = hypergeometric(i, n, both, m); one <= seen + 1e-7) p += std::exp(one);
  return std::min(1.0, p);
}

double range_p(double below, double above, double n, double m) {
  const auto tail = [&](double k) {
    double p = 1;
    for (double i = 0; i < k && p > 0; ++i) p *= (m - i) / (n + m - i);
    return p;
  };
  return std::min(1.0, 2 * tail(std::max(below, above)));
}

Ranking rank_test(std::span<const float> a, std::span<const float> b) {
  const double n = double(a.size()), m = double(b.size()), all = n + m;
  if (n == 0 || m == 0) return {};
  std::vector<std::pair<float, bool>> scores;
  for (const float x : a) scores.emplace_back(x, false);
  for (const float x : b) scores.emplace_back(x, true);
  std::sort(scores.begin(), scores.end());
  double ranks = 0, ties = 0;
  for (std::size_t begin = 0, end; begin < scores.size(); begin = end) {
    double mine = 0;
    for (end = begin; end < scores.size() && scores[end].first == scores[begin].first; ++end)
      mine += scores[end].second;
    const double equal = double(end - begin);
    ranks += mine * (double(begin + end) + 1) / 2;
    ties += equal * equal * equal - equal;
  }
  const double u = ranks - m * (m + 1) / 2;
  const double variance = n * m / 12 * (all + 1 - ties / (all * (all - 1)));
  if (variance <= 0) return {};
  return {u / (n * m), std::erfc((u - n * m / 2) / std::sqrt(2 * variance)) / 2};
}

}  // namespace goodfit
