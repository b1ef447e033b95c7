#include "goodfit/study/shift/two_samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "goodfit/base/random.hpp"

namespace goodfit {
namespace {

TEST(TwoSamples, DistanceIsTheLargestBetweenTheDistributions) {
  const std::vector<float> a{1, 2, 3, 4}, b{2, 2, 5, 6, 7};
  EXPECT_DOUBLE_EQ(ks_distance(a, b), 0.6);  // from 4 on
  EXPECT_DOUBLE_EQ(ks_distance(a, a), 0);
  EXPECT_NEAR(ks_p(1.3581, 2, 2), 0.05, 1e-5);  // Smirnov's table
  EXPECT_NEAR(ks_p(1.6276, 2, 2), 0.01, 1e-5);
}

TEST(TwoSamples, ChiSquareHasTheKnownQuantiles) {
  EXPECT_NEAR(chi_square_p(3.841459, 1), 0.05, 1e-7);
  EXPECT_NEAR(chi_square_p(2, 2), std::exp(-1.0), 1e-12);
  EXPECT_NEAR(chi_square_p(124.3421, 100), 0.05, 1e-6);
  EXPECT_NEAR(chi_square_p(77.92947, 100), 0.95, 1e-6);
}

TEST(TwoSamples, FishersLadyTastesTea) {
  EXPECT_NEAR(fisher_p(3, 4, 1, 4), 34.0 / 70, 1e-12);
  EXPECT_NEAR(fisher_p(4, 4, 0, 4), 2.0 / 70, 1e-12);
  EXPECT_EQ(fisher_p(0, 4, 0, 9), 1);
}

TEST(TwoSamples, ValuesOutsideTheRangeAreCountedExactly) {
  EXPECT_NEAR(range_p(0, 3, 100, 100), 2.0 * 100 * 99 * 98 / (200.0 * 199 * 198), 1e-12);
  EXPECT_EQ(range_p(0, 0, 100, 100), 1);
}

TEST(TwoSamples, RanksTellWhoseScoresAreHigher) {
  const std::vector<float> a{1, 2, 3, 4}, b{3, 5, 6, 7};
  EXPECT_DOUBLE_EQ(rank_test(a, b).auc, 14.5 / 16);
  EXPECT_LT(rank_test(a, b).p, 0.05);
  EXPECT_GT(rank_test(b, a).p, 0.95);
  EXPECT_EQ(rank_test(a, a).auc, 0.5);
}

// How often a test of 5 % and one of 0.1 % find what is not there.
TEST(TwoSamples, NoTestFindsMoreThanItMay) {
  constexpr int trials = 4000;
  Random random(1, stream_of("two samples"));
  int five[4] = {}, thousandth[4] = {};
  for (int trial = 0; trial < trials; ++trial) {
    const Size n = 20 + random.below(200), m = 5 + random.below(100);
    std::vector<float> x, y;
    std::vector<Size> p(12), q(12);
    double k = 0, l = 0;
    for (Size i = 0; i < n; ++i) x.push_back(float(random.normal()));
    for (Size i = 0; i < m; ++i) y.push_back(float(random.normal()));
    const auto seldom = [&] { return std::size_t(12 * std::pow(random.uniform(), 3)); };
    for (Size i = 0; i < n; ++i) ++p[seldom()], k += random.uniform() < 0.1;
    for (Size i = 0; i < m; ++i) ++q[seldom()], l += random.uniform() < 0.1;
    std::sort(x.begin(), x.end()), std::sort(y.begin(), y.end());
    const double above = double(y.end() - std::upper_bound(y.begin(), y.end(), x.back()));
    const double below = double(std::lower_bound(y.begin(), y.end(), x.front()) - y.begin());
    const double chances[4] = {ks_p(ks_distance(x, y), double(n), double(m)), homogeneity_p(p, q),
                               fisher_p(k, double(n), l, double(m)),
                               range_p(below, above, double(n), double(m))};
    for (int i = 0; i < 4; ++i) five[i] += chances[i] < 0.05, thousandth[i] += chances[i] < 0.001;
  }
  for (int i = 0; i < 4; ++i) {
    EXPECT_LE(five[i], 0.05 * trials + 3 * std::sqrt(0.0475 * trials)) << i;
    EXPECT_LE(thousandth[i], 0.001 * trials + 3 * std::sqrt(0.001 * trials)) << i;
  }
}

}  // namespace
}  // namespace goodfit
