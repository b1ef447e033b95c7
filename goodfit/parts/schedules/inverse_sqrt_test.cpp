#include "goodfit/parts/schedules/inverse_sqrt.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(InverseSqrt, RisesInAStraightLineAndHalvesWithFourTimesTheSteps) {
  const InverseSqrt schedule{.max = 0.8, .warmup = 4};
  const std::array steps{1, 2, 4, 16, 64};
  const std::array wanted{0.2, 0.4, 0.8, 0.4, 0.2};
  for (std::size_t i = 0; i < steps.size(); ++i)
    EXPECT_DOUBLE_EQ(schedule.at({.step = steps[i] - 1, .steps = 10}), wanted[i]);
}

TEST(InverseSqrt, BeginsAtTheTopWithoutWarmup) {
  EXPECT_DOUBLE_EQ((InverseSqrt{.max = 0.8, .warmup = 0}.at({.step = 0})), 0.8);
  EXPECT_DOUBLE_EQ((InverseSqrt{.max = 0.8, .warmup = 0}.at({.step = 3})), 0.4);
}

}  // namespace goodfit
