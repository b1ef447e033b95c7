#include "goodfit/parts/schedules/linear.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(LinearSchedule, GoesInAStraightLineDownOrUp) {
  const LinearSchedule down{.start = 0.8, .end = 0.4}, up{.start = 0, .end = 0.4};
  EXPECT_DOUBLE_EQ(down.at({.step = 0, .steps = 4}), 0.8);
  EXPECT_DOUBLE_EQ(down.at({.step = 3, .steps = 4}), 0.5);
  EXPECT_DOUBLE_EQ(up.at({.step = 1, .steps = 4}), 0.1);
}

TEST(LinearSchedule, StaysAtItsEndBeyondTheRun) {
  EXPECT_DOUBLE_EQ((LinearSchedule{.start = 0.8, .end = 0.4}.at({.step = 9, .steps = 4})), 0.4);
}

}  // namespace goodfit
