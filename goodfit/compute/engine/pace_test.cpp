#include "goodfit/compute/engine/pace.hpp"

#include <gtest/gtest.h>

namespace goodfit {
namespace {

// How many steps of a period are done alone, where a step takes so long.
Size alone_of_a_period(Pace& pace, double together, double alone) {
  Size count = 0;
  for (Size step = 0; step < Pace::period; ++step) {
    const bool now = pace.alone();
    count += now;
    const bool cold = step == 0 || step == Pace::tries;
    pace.took(cold ? 100 : now ? alone : together);
  }
  return count;
}

}  // namespace

TEST(Pace, TakesTheFasterWayAfterAFewStepsOfBoth) {
  Pace pace;
  EXPECT_EQ(alone_of_a_period(pace, 1, 1.8), Pace::tries);
  EXPECT_EQ(alone_of_a_period(pace, 1, 0.8), Pace::period - Pace::tries);
  EXPECT_EQ(alone_of_a_period(pace, 1, 1.8), Pace::tries) << "a period begins anew";
}

TEST(Pace, StaysTogetherWhereThatCostsLittle) {
  Pace pace;
  EXPECT_EQ(alone_of_a_period(pace, 1, 0.97), Pace::tries);
}

}  // namespace goodfit
