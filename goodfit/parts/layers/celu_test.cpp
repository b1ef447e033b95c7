#include "goodfit/parts/layers/celu.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Celu, IsAnExponentialThatAlphaStretches) {
  expect_numbers(outputs_of(Celu{.alpha = 2}, {3}, {-1, 0, 3}), {2 * (std::exp(-0.5) - 1), 0, 3});
}

TEST(Celu, MeetsTheIdentityWithASlopeOfOneForEveryAlpha) {
  for (const double alpha : {0.25, 1.0, 4.0}) {
    EXPECT_DOUBLE_EQ(Celu::Curve{alpha}.slope(0.0), 1);
    EXPECT_DOUBLE_EQ(Celu::Curve{alpha}.slope(1e-9), 1);
  }
}

TEST(Celu, StandsFarValues) { expect_numbers(outputs_of(Celu{}, {2}, {-1e30, 1e30}), {-1, 1e30}); }

}  // namespace goodfit
