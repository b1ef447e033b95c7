// Paired: what scores of the same seeds say of which recipe is better.
//
//   d_s = x_s − y_s                          the scores of two recipes with the same seed and split
//   t   = mean(d) / (sd(d) / √n),  n − 1 degrees of freedom
//   interval of a mean: mean ± t_{0.95, n − 1} sd / √n
//   Holm: p of m tests in rising order, p'_(i) = max_{j ≤ i} min(1, (m − j + 1) p_(j))
//
// All pairs are tested, though only those with the best are told: which is the best was found in
// the same scores, and a correction for these pairs alone would be too kind. So the chance of any
// false difference is 5 % at most. Source: Student 1908; Holm 1979, "A simple sequentially
// rejective multiple test procedure"; Demšar 2006, "Statistical Comparisons of Classifiers over
// Multiple Data Sets", section 3.2, on selecting before testing.
#pragma once
#include <span>
#include <vector>

namespace goodfit {

struct Mean {
  double value = 0;
  double error = 0;  // half of the 95 % interval; no number for a single score
};
Mean mean_of(std::span<const double> scores);

// Two-sided; 1 for a single pair or scores that never differ.
double paired_p(std::span<const double> x, std::span<const double> y);

std::vector<double> holm(const std::vector<double>& p);

// Of several recipes with scores for the same seeds, the p of each with the one of index `best`,
// corrected; 1 for the best itself.
std::vector<double> against(std::size_t best, const std::vector<std::vector<double>>& scores);

}  // namespace goodfit
