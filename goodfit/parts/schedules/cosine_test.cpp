#include "goodfit/parts/schedules/cosine.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Cosine, RisesInAStraightLineAndFallsAlongACosine) {
  const Cosine schedule{.max = 0.8, .min = 0.2, .warmup = 4};
  const auto at = [&](Size step) { return schedule.at({.step = step, .steps = 10}); };
  EXPECT_DOUBLE_EQ(at(0), 0.2);
  EXPECT_DOUBLE_EQ(at(1), 0.4);
  EXPECT_DOUBLE_EQ(at(3), 0.8);
  EXPECT_DOUBLE_EQ(at(4), 0.8);
  EXPECT_DOUBLE_EQ(at(6), 0.2 + 0.3 * 1.5);  // u = 1/3, cos = 1/2
  EXPECT_DOUBLE_EQ(at(7), 0.5);              // u = 1/2
  EXPECT_DOUBLE_EQ(at(10), 0.2);
}

TEST(Cosine, StaysAtItsEndBeyondTheRun) {
  const Cosine schedule{.max = 0.8, .min = 0.2};
  EXPECT_DOUBLE_EQ(schedule.at({.step = 15, .steps = 10}), 0.2);
}

}  // namespace goodfit
