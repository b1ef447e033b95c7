#include "goodfit/parts/metrics/intervals.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {

TEST(Intervals, ReachAsFarAsTheTablesOfTheNormalSay) {
  EXPECT_NEAR(deviations_of(0.5), 0.674489750196082, 1e-13);
  EXPECT_NEAR(deviations_of(0.9), 1.644853626951473, 1e-13);
  EXPECT_NEAR(deviations_of(0.95), 1.959963984540054, 1e-13);
  EXPECT_NEAR(deviations_of(0.99), 2.575829303548901, 1e-13);
  EXPECT_NEAR(deviations_of(1e-6), 1e-6 * std::sqrt(0.5 * std::numbers::pi), 1e-17);
  EXPECT_GT(deviations_of(std::nextafter(1.0, 0.0)), 8);
}

TEST(Intervals, NeedDeviationsAndAsManyTargets) {
  const std::vector<float> two{1, 2}, one{1};
  expect_error(
      [&] {
        check_noise("coverage", {two, two, 2});
      },
      "coverage needs a model that tells its noise: take the loss gaussian_nll");
  expect_error(
      [&] {
        check_noise("coverage", {two, one, 1, 2, 1, two});
      },
      "coverage compares numbers: the model has 2 outputs but each sample 1 targets");
  check_noise("coverage", {two, two, 2, 1, 1, two});
}

}  // namespace goodfit
