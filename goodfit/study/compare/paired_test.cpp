#include "goodfit/study/compare/paired.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "goodfit/base/random.hpp"
#include "tests/golden.hpp"

namespace goodfit {
namespace {

using Scores5 = std::vector<std::vector<double>>;

// Recipes that are all the same: a share that belongs to the seed, and noise of their own.
Scores5 equals(std::size_t recipes, std::size_t seeds, Random& random,
               const std::function<double(Random&)>& noise) {
  std::vector<double> shared(seeds);
  for (double& x : shared) x = 3 * random.normal();
  Scores5 scores(recipes, shared);
  for (auto& of_one : scores)
    for (double& x : of_one) x += noise(random);
  return scores;
}

// How often a difference is claimed between the best and any other.
double alarms(std::size_t recipes, std::size_t seeds, const std::function<double(Random&)>& noise,
              double gain = 0) {
  Random random(5, stream_of("alarms"));
  constexpr int times = 2000;
  int claimed = 0;
  for (int i = 0; i < times; ++i) {
    Scores5 scores = equals(recipes, seeds, random, noise);
    for (double& x : scores[0]) x += gain;
    std::size_t best = 0;
    for (std::size_t r = 1; r < recipes; ++r)
      if (mean_of(scores[r]).value > mean_of(scores[best]).value) best = r;
    const std::vector<double> p = against(best, scores);
    claimed += *std::min_element(p.begin(), p.end()) < 0.05;
  }
  return double(claimed) / times;
}

double normal(Random& random) { return random.normal(); }
double uniform(Random& random) { return random.uniform(); }
double skewed(Random& random) { return -std::log(1 - random.uniform()); }

}  // namespace

TEST(Paired, IntervalAndTestAreStudents) {
  const auto d = golden("student")["differences"].get<std::vector<double>>();
  const std::vector<double> base{0.9, 0.8, 0.7, 0.95, 0.5};
  std::vector<double> better = base;
  for (std::size_t i = 0; i < d.size(); ++i) better[i] += d[i];
  EXPECT_NEAR(paired_p(better, base), double(golden("student")["paired"]["p"]), 1e-9);
  EXPECT_EQ(paired_p(better, base), paired_p(base, better));
  const Mean mean = mean_of(std::vector<double>{1, 2, 3, 4, 5});
  EXPECT_EQ(mean.value, 3);
  EXPECT_NEAR(mean.error, 2.776445 * std::sqrt(2.5 / 5), 1e-6);
  EXPECT_TRUE(std::isnan(mean_of(std::vector<double>{1}).error));
}

TEST(Paired, ScoresThatNeverDifferShowNoDifference) {
  const std::vector<double> x{1, 2, 3};
  EXPECT_EQ(paired_p(x, x), 1);
  EXPECT_EQ(paired_p(std::vector<double>{1}, std::vector<double>{2}), 1);
  EXPECT_LT(paired_p(x, std::vector<double>{2, 3, 4}), 1e-6);  // always by the same
}

TEST(Paired, HolmMultipliesTheSmallestByTheMostAndNeverFalls) {
  const std::vector<double> wanted{0.03, 0.06, 0.06, 0.02};
  const std::vector<double> corrected = holm({0.01, 0.04, 0.03, 0.005});
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(corrected[i], wanted[i], 1e-15);
  EXPECT_EQ(holm({0.9, 0.8}), (std::vector<double>{1, 1}));
  EXPECT_EQ(holm({}), std::vector<double>{});
}

TEST(Paired, EqualRecipesAreCalledDifferentInFivePercentAtMost) {
  const double sampling = 3 * std::sqrt(0.05 * 0.95 / 2000);
  for (const auto& noise : {normal, uniform, skewed})
    for (const std::size_t recipes : {2, 3, 6})
      for (const std::size_t seeds : {3, 5, 10})
        EXPECT_LE(alarms(recipes, seeds, noise), 0.05 + sampling) << recipes << ", " << seeds;
  EXPECT_GE(alarms(2, 5, normal), 0.05 - sampling) << "and no more careful than that";
}

TEST(Paired, ADifferenceIsFound) { EXPECT_GT(alarms(3, 5, normal, 6), 0.9); }

}  // namespace goodfit
