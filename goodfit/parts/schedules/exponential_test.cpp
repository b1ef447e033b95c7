#include "goodfit/parts/schedules/exponential.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(ExponentialSchedule, HalvesAfterEveryEpochAndNotWithinOne) {
  const ExponentialSchedule schedule{.base = 0.8, .gamma = 0.5};
  EXPECT_DOUBLE_EQ(schedule.at({.step = 0, .steps = 9, .epoch = 0, .epochs = 3}), 0.8);
  EXPECT_DOUBLE_EQ(schedule.at({.step = 2, .steps = 9, .epoch = 0, .epochs = 3}), 0.8);
  EXPECT_DOUBLE_EQ(schedule.at({.step = 3, .steps = 9, .epoch = 1, .epochs = 3}), 0.4);
  EXPECT_DOUBLE_EQ(schedule.at({.step = 8, .steps = 9, .epoch = 2, .epochs = 3}), 0.2);
}

}  // namespace goodfit
