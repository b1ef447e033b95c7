#include "goodfit/parts/initializers/he_normal.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace goodfit {

TEST(HeNormal, TakesTheFanOfItsMode) {
  const Fan fan{.in = 8, .out = 32};
  EXPECT_DOUBLE_EQ(HeNormal{}.deviation(fan), 0.5);  // √(2 / 8)
  EXPECT_DOUBLE_EQ(HeNormal{.mode = "fan_out"}.deviation(fan), 0.25);
  EXPECT_DOUBLE_EQ(HeNormal{.mode = "average"}.deviation(fan), std::sqrt(2.0 / 20));
  EXPECT_DOUBLE_EQ((HeNormal{.mode = "fan_out", .gain = 1}.deviation({.in = 1, .out = 4})), 0.5);
}

TEST(HeNormal, ScalesTheNormals) {
  std::array<float, 5> w;
  Random random(1, 1), same(1, 1);
  HeNormal{}.fill(w, {.in = 8, .out = 1}, random);
  for (const float x : w) EXPECT_FLOAT_EQ(x, float(0.5 * same.normal()));
}

}  // namespace goodfit
