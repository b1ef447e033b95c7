#include "goodfit/parts/initializers/xavier_normal.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(XavierNormal, TakesTheRootOfTwoByBothFans) {
  EXPECT_DOUBLE_EQ(XavierNormal{}.deviation({.in = 12, .out = 20}), 0.25);  // √(2 / 32)
  EXPECT_DOUBLE_EQ(XavierNormal{.gain = 4}.deviation({.in = 12, .out = 20}), 1);
}

TEST(XavierNormal, ScalesTheNormals) {
  std::array<float, 5> w;
  Random random(1, 1), same(1, 1);
  XavierNormal{}.fill(w, {.in = 12, .out = 20}, random);
  for (const float x : w) EXPECT_EQ(x, float(0.25 * same.normal()));
}

}  // namespace goodfit
