#include "goodfit/parts/initializers/lsuv.hpp"

#include <gtest/gtest.h>

namespace goodfit {

// What comes of it stands beside the trainer's calibration and in the test of the signal.
TEST(Lsuv, IsOrthogonalAndAsksForACalibration) {
  const Fan fan{.in = 3, .out = 2};
  std::array<float, 6> w, wanted;
  Random random(1, 1), same(1, 1);
  Lsuv{}.fill(w, fan, random);
  Orthogonal{}.fill(wanted, fan, same);
  EXPECT_EQ(w, wanted);
  const auto asked = Initializer(Lsuv{.tolerance = 0.2, .iterations = 3}).calibration();
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->tolerance, 0.2);
  EXPECT_EQ(asked->iterations, 3);
  EXPECT_FALSE(Initializer(Orthogonal{}).calibration());
}

}  // namespace goodfit
