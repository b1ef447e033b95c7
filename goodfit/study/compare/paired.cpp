#include "goodfit/study/compare/paired.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "goodfit/base/error.hpp"
#include "goodfit/base/student.hpp"

namespace goodfit {
namespace {

struct MeanAndError {
  double mean, deviation;  // of the mean
};
MeanAndError mean_and_error_of(std::span<const double> numbers) {
  const auto n = double(numbers.size());
  double mean = 0, squares = 0;
  for (const double x : numbers) mean += x / n;
  for (const double x : numbers) squares += (x - mean) * (x - mean);
  return {mean, std::sqrt(squares / (n - 1) / n)};
}

}  // namespace

Mean mean_of(std::span<const double> scores) {
  if (scores.empty()) return {NAN, NAN};
  if (scores.size() == 1) return {scores[0], NAN};
  const MeanAndError m = mean_and_error_of(scores);
  return {m.mean, student_quantile(0.95, double(scores.size()) - 1) * m.deviation};
}

double paired_p(std::span<const double> x, std::span<const double> y) {
  must(x.size() == y.size(), "scores that are compared come in pairs");
  if (x.size() < 2) return 1;
  std::vector<double> differences(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) differences[i] = x[i] - y[i];
  const MeanAndError m = mean_and_error_of(differences);
  if (m.mean == 0) return 1;
  return student_p(m.mean / m.deviation, double(x.size()) - 1);
}

std::vector<double> holm(const std::vector<double>& p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> corrected(p.size());
  double highest = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    highest = std::max(highest, std::min(1.0, double(p.size() - i) * p[order[i]]));
    corrected[order[i]] = highest;
  }
  return corrected;
}

std::vector<double> against(std::size_t best, const std::vector<std::vector<double>>& scores) {
  std::vector<double> p;
  for (std::size_t i = 0; i < scores.size(); ++i)
    for (std::size_t j = i + 1; j < scores.size(); ++j) p.push_back(paired_p(scores[i], scores[j]));
  p = holm(p);
  std::vector<double> with_best(scores.size(), 1);
  std::size_t pair = 0;
  for (std::size_t i = 0; i < scores.size(); ++i)
    for (std::size_t j = i + 1; j < scores.size(); ++j, ++pair) {
      if (i == best) with_best[j] = p[pair];
      if (j == best) with_best[i] = p[pair];
    }
  return with_best;
}

}  // namespace goodfit
