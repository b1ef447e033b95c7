#include "goodfit/parts/schedules/step.hpp"

#include <gtest/gtest.h>

#include "tests/part_laws.hpp"

namespace goodfit {

TEST(StepSchedule, FallsEveryFewEpochsAndNotBetween) {
  const StepSchedule schedule{.base = 0.8, .gamma = 0.5, .every = 3};
  const std::array wanted{0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2};
  for (std::size_t epoch = 0; epoch < wanted.size(); ++epoch)
    EXPECT_DOUBLE_EQ(schedule.at({.step = 17, .epoch = Size(epoch)}), wanted[epoch]);
}

TEST(StepSchedule, RefusesToFallEveryZeroEpochs) {
  expect_error([] { Schedule(StepSchedule{.every = 0}); }, "step.every = 0 is not allowed");
}

}  // namespace goodfit
