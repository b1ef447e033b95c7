#include "goodfit/parts/metrics/interval_width.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {

TEST(IntervalWidth, IsTwiceTheReachOnAverage) {
  // z is 1.6449 at 0.9 and 0.6745 at 0.5; the deviations 1, 2, 0 and 5 have the mean 2.
  const std::vector<float> any{7, 8, 9, 10}, deviations{1, 2, 0, 5};
  EXPECT_NEAR(measured(IntervalWidth{}, 1, any, any, 1, deviations), 6.579414507805890, 1e-12);
  EXPECT_NEAR(measured(IntervalWidth{0.5}, 2, any, any, 2, deviations), 2.697959000784328, 1e-12);
}

TEST(IntervalWidth, HasNoValueWhenAnOutputIsNoNumber) {
  EXPECT_TRUE(std::isnan(measured(IntervalWidth{}, 1, {1, std::nanf("")}, {1, 1}, 1, {1, 1})));
}

}  // namespace goodfit
