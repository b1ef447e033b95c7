#include "goodfit/parts/schedules/reduce_on_plateau.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace goodfit {
namespace {

double after(const ReduceOnPlateau& schedule, std::vector<double> history) {
  return schedule.at({.history = history});
}

}  // namespace

TEST(ReduceOnPlateau, FallsWhenMoreEpochsThanPatienceBroughtNothing) {
  const ReduceOnPlateau schedule{.base = 0.8, .factor = 0.5, .patience = 2};
  EXPECT_DOUBLE_EQ(after(schedule, {}), 0.8);
  EXPECT_DOUBLE_EQ(after(schedule, {1, 1, 1}), 0.8);
  EXPECT_DOUBLE_EQ(after(schedule, {1, 1, 1, 1}), 0.4);
  EXPECT_DOUBLE_EQ(after(schedule, {1, 1, 1, 0.9, 1, 1}), 0.8) << "progress starts the count again";
}

TEST(ReduceOnPlateau, CountsNothingDuringCooldown) {
  const ReduceOnPlateau schedule{.base = 0.8, .factor = 0.5, .patience = 0, .cooldown = 2};
  EXPECT_DOUBLE_EQ(after(schedule, {1, 1}), 0.4);
  EXPECT_DOUBLE_EQ(after(schedule, {1, 1, 1, 1}), 0.4);
  EXPECT_DOUBLE_EQ(after(schedule, {1, 1, 1, 1, 1}), 0.2);
}

TEST(ReduceOnPlateau, TakesTooSmallAGainForNone) {
  const ReduceOnPlateau schedule{.base = 0.8, .factor = 0.5, .patience = 0, .threshold = 0.1};
  EXPECT_DOUBLE_EQ(after(schedule, {1, 0.89}), 0.8);
  EXPECT_DOUBLE_EQ(after(schedule, {1, 0.91}), 0.4);
}

TEST(ReduceOnPlateau, StopsAtItsMinimumAndTakesNanForNoProgress) {
  const ReduceOnPlateau schedule{.base = 0.8, .factor = 0.5, .patience = 0, .min = 0.3};
  EXPECT_DOUBLE_EQ(after(schedule, {1, std::nan("")}), 0.4);
  EXPECT_DOUBLE_EQ(after(schedule, {1, 1, 1, 1}), 0.3);
}

}  // namespace goodfit
