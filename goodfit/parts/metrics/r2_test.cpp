#include "goodfit/parts/metrics/r2.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {

TEST(R2, IsTheShareOfTheVarianceThatIsExplained) {
  // Targets 3, −0.5, 2, 7 around 2.875: 29.1875. Errors −0.5, 0.5, 0, 1: 1.5.
  EXPECT_NEAR(measured(R2{}, 1, {2.5f, 0, 2, 8}, {3, -0.5f, 2, 7}), 1 - 1.5 / 29.1875, 1e-12);
  EXPECT_EQ(measured(R2{}, 1, {2, 2, 2}, {1, 2, 3}), 0);   // the mean
  EXPECT_EQ(measured(R2{}, 1, {3, 2, 1}, {1, 2, 3}), -3);  // 1 − 8 / 2
}

TEST(R2, IsTheMeanOverTheOutputs) {
  // The first is exact; the second is always the mean.
  EXPECT_EQ(measured(R2{}, 2, {1, 5, 2, 5, 3, 5}, {1, 4, 2, 5, 3, 6}, 2), 0.5);
}

TEST(R2, OfTargetsThatNeverChangeIsAllOrNothing) {
  EXPECT_EQ(measured(R2{}, 1, {2, 2}, {2, 2}), 1);
  EXPECT_EQ(measured(R2{}, 1, {2, 3}, {2, 2}), 0);
}

TEST(R2, StandsTargetsFarFromZero) {
  EXPECT_NEAR(measured(R2{}, 1, {1e7f, 1e7f + 2, 1e7f + 4}, {1e7f + 1, 1e7f + 2, 1e7f + 3}), 0,
              1e-9);
}

TEST(R2, RefusesClasses) {
  expect_error(
      [] {
        measured(R2{}, 3, {1, 2, 3}, {0});
      },
      "r2 compares numbers: the model has 3 outputs but each sample 1 targets");
}

}  // namespace goodfit
