#include "goodfit/parts/schedules/multi_step.hpp"

#include <gtest/gtest.h>

#include "tests/part_laws.hpp"

namespace goodfit {

TEST(MultiStep, FallsAtItsMilestonesInWhateverOrder) {
  const MultiStep schedule{.base = 0.8, .gamma = 0.5, .milestones = {5, 2, 5}};
  const std::array wanted{0.8, 0.8, 0.4, 0.4, 0.4, 0.1, 0.1};  // twice at once where named twice
  for (std::size_t epoch = 0; epoch < wanted.size(); ++epoch)
    EXPECT_DOUBLE_EQ(schedule.at({.step = 17, .epoch = Size(epoch)}), wanted[epoch]);
}

TEST(MultiStep, RefusesAnEpochBeforeTheFirst) {
  expect_error(
      [] {
        Schedule(MultiStep{.milestones = {3, -1}});
      },
      "multi_step.milestones = -1 is not allowed: must be at least 0");
}

}  // namespace goodfit
