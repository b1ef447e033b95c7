#include "goodfit/parts/schedules/polynomial.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Polynomial, FallsAlongAPowerOfWhatIsLeft) {
  const Polynomial schedule{.max = 0.9, .min = 0.1, .power = 2};
  EXPECT_DOUBLE_EQ(schedule.at({.step = 0, .steps = 4}), 0.9);
  EXPECT_DOUBLE_EQ(schedule.at({.step = 2, .steps = 4}), 0.1 + 0.8 * 0.25);
  EXPECT_DOUBLE_EQ(schedule.at({.step = 3, .steps = 4}), 0.1 + 0.8 * 0.0625);
}

TEST(Polynomial, StaysAtItsEndBeyondTheRun) {
  EXPECT_DOUBLE_EQ((Polynomial{.max = 0.9, .min = 0.1, .power = 0.5}.at({.step = 9, .steps = 4})),
                   0.1);
}

}  // namespace goodfit
