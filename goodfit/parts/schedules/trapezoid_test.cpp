#include "goodfit/parts/schedules/trapezoid.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Trapezoid, RisesStaysAndFalls) {
  const Trapezoid schedule{.max = 0.8, .rise = 0.3, .fall = 0.4};
  // T = 10: up (t + 1) / 4, down (10 − t) / 4
  const std::array wanted{0.2, 0.4, 0.6, 0.8, 0.8, 0.8, 0.8, 0.6, 0.4, 0.2, 0.0};
  for (std::size_t t = 0; t < wanted.size(); ++t)
    EXPECT_NEAR(schedule.at({.step = Size(t), .steps = 10}), wanted[t], 1e-15) << t;
}

TEST(Trapezoid, IsFlatWithoutRiseAndFall) {
  const Trapezoid schedule{.max = 0.8, .rise = 0, .fall = 0};
  EXPECT_DOUBLE_EQ(schedule.at({.step = 0, .steps = 10}), 0.8);
  EXPECT_DOUBLE_EQ(schedule.at({.step = 9, .steps = 10}), 0.8);
}

}  // namespace goodfit
