#include "goodfit/parts/schedules/cyclic.hpp"

#include <gtest/gtest.h>

#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

void expect_lrs(const Cyclic& schedule, const std::vector<double>& wanted) {
  for (std::size_t t = 0; t < wanted.size(); ++t)
    EXPECT_DOUBLE_EQ(schedule.at({.step = Size(t)}), wanted[t]) << schedule.mode << ", step " << t;
}

}  // namespace

TEST(Cyclic, RisesAndFallsInStraightLines) {
  expect_lrs({.max = 0.9, .base = 0.1, .step_size_up = 2}, {0.1, 0.5, 0.9, 0.5, 0.1, 0.5, 0.9});
  expect_lrs({.max = 0.9, .base = 0.1, .step_size_up = 1, .step_size_down = 2},
             {0.1, 0.9, 0.5, 0.1, 0.9, 0.5});
}

TEST(Cyclic, MayShrinkPerCycleOrPerStep) {
  expect_lrs({.max = 0.9, .base = 0.1, .step_size_up = 1, .mode = "triangular2"},
             {0.1, 0.9, 0.1, 0.5, 0.1, 0.3});
  expect_lrs({.max = 0.9, .base = 0.1, .step_size_up = 1, .mode = "exp_range", .gamma = 0.5},
             {0.1, 0.5, 0.1, 0.2});
}

TEST(Cyclic, MovesMomentumAgainstTheLrUnlessTold) {
  const Schedule schedule = Cyclic{.step_size_up = 2};
  EXPECT_DOUBLE_EQ(*schedule.momentum({.step = 0}), 0.9);
  EXPECT_DOUBLE_EQ(*schedule.momentum({.step = 1}), 0.85);
  EXPECT_DOUBLE_EQ(*schedule.momentum({.step = 2}), 0.8);
  EXPECT_EQ(Schedule(Cyclic{.cycle_momentum = false}).momentum({}), std::nullopt);
}

TEST(Cyclic, RefusesARiseOfNoSteps) {
  expect_error([] { Schedule(Cyclic{.step_size_up = 0}); }, "cyclic.step_size_up = 0");
}

}  // namespace goodfit
