#include "goodfit/parts/schedules/one_cycle.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(OneCycle, TouchesItsThreeCorners) {
  // 20 steps: the rise ends at step 0.3·20 − 1 = 5, the fall at step 19
  const Schedule schedule = OneCycle{.max = 1, .div = 10, .final_div = 100};
  const auto at = [](Size step) { return Moment{.step = step, .steps = 20}; };
  EXPECT_NEAR(schedule.at(at(0)), 0.1, 1e-15);
  EXPECT_NEAR(schedule.at(at(5)), 1.0, 1e-15);
  EXPECT_NEAR(schedule.at(at(12)), 0.5005, 1e-15) << "half of the way down";
  EXPECT_NEAR(schedule.at(at(19)), 0.001, 1e-15);
  EXPECT_NEAR(*schedule.momentum(at(0)), 0.95, 1e-15);
  EXPECT_NEAR(*schedule.momentum(at(5)), 0.85, 1e-15);
  EXPECT_NEAR(*schedule.momentum(at(19)), 0.95, 1e-15);
}

TEST(OneCycle, LeavesMomentumAloneWhenTold) {
  EXPECT_EQ(Schedule(OneCycle{.cycle_momentum = false}).momentum({}), std::nullopt);
}

TEST(OneCycle, LinearIsHalfWayInTheMiddleOfARise) {
  // 10 steps, a = 4
  const OneCycle schedule{.max = 1, .pct = 0.5, .div = 5, .anneal = "linear"};
  EXPECT_DOUBLE_EQ(schedule.at({.step = 1, .steps = 10}), 0.4);
  EXPECT_DOUBLE_EQ(schedule.at({.step = 2, .steps = 10}), 0.6);
}

}  // namespace goodfit
