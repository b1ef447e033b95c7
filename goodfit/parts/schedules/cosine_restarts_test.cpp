#include "goodfit/parts/schedules/cosine_restarts.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(CosineRestarts, GoesBackToTheTopAfterEachPeriod) {
  // Two steps to an epoch: periods of 4 and 8 steps.
  const CosineRestarts schedule{.max = 0.9, .min = 0.1, .period = 2, .factor = 2};
  const auto at = [&](Size step) { return schedule.at({.step = step, .steps = 40, .epochs = 20}); };
  EXPECT_DOUBLE_EQ(at(0), 0.9);
  EXPECT_DOUBLE_EQ(at(2), 0.5);
  EXPECT_DOUBLE_EQ(at(4), 0.9);
  EXPECT_DOUBLE_EQ(at(6), 0.5 + 0.4 * std::sqrt(0.5));
  EXPECT_DOUBLE_EQ(at(8), 0.5);
  EXPECT_DOUBLE_EQ(at(12), 0.9);
  EXPECT_DOUBLE_EQ(at(20), 0.5);
}

TEST(CosineRestarts, OfEqualPeriodsGoOnForAsLongAsTheRun) {
  const CosineRestarts schedule{.max = 0.9, .min = 0.1, .period = 2};
  const Size far = 4'000'000'000;
  EXPECT_DOUBLE_EQ(schedule.at({.step = far, .steps = far, .epochs = far}), 0.9);
  EXPECT_DOUBLE_EQ(schedule.at({.step = far + 1, .steps = far, .epochs = far}), 0.5);
}

}  // namespace goodfit
