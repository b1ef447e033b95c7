// Two samples: how likely samples that differ as much come from one and the same distribution.
//
//   n, m values each, N = n m / (n + m)
//   numbers     D = max_x |F_n(x) − G_m(x)|        p = min(1, 2 Σ_j (−1)^{j−1} e^{−2 j² N D²})
//   categories  X² = Σ (o − e)² / e,  G = 2 Σ o ln(o / e),  p of the smaller with k − 1 degrees of
//               freedom; values with e < 5 are taken together. Where counts are small, X² makes
//               much of values that are there, G of those that are not
//   two values  Fisher's exact test: all tables with these margins that are no likelier
//   range       of m new values, k above the largest of n:  p = Π_{i<k} (m − i) / (n + m − i),
//               exact for any distribution; the smaller of above and below, twice
//   scores      U = pairs in the right order, AUC = U / (n m), p of its normal approximation
//               with ties, one-sided: better than chance
//
// No p is too small by more than its approximation: that of D holds for all N (Massart's constant).
// Sources: Kolmogorov 1933, Smirnov 1939, Massart 1990; Pearson 1900; Wilks 1938; Fisher 1922;
// Mann & Whitney 1947.
#pragma once
#include <span>
#include <vector>

#include "goodfit/base/size.hpp"

namespace goodfit {

// In rising order; empty ones have distance 0.
double ks_distance(std::span<const float> a, std::span<const float> b);
double ks_p(double distance, double n, double m);

// How likely a chi-square of these degrees of freedom is above x.
double chi_square_p(double x, double freedom);

// Counts of each value on both sides.
double homogeneity_p(std::span<const Size> a, std::span<const Size> b);
// ½ Σ |share of a − share of b|
double total_variation(std::span<const Size> a, std::span<const Size> b);

// k of n on one side, l of m on the other.
double fisher_p(double k, double n, double l, double m);

double range_p(double below, double above, double n, double m);

struct Ranking {
  double auc = 0.5, p = 1;
};
// Whether scores of b are above those of a.
Ranking rank_test(std::span<const float> a, std::span<const float> b);

}  // namespace goodfit
