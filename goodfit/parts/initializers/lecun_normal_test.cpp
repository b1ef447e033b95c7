#include "goodfit/parts/initializers/lecun_normal.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(LecunNormal, DividesTheNormalsByTheRootOfTheInputs) {
  std::array<float, 5> w;
  Random random(1, 1), same(1, 1);
  LecunNormal{}.fill(w, {.in = 16, .out = 2}, random);
  for (const float x : w) EXPECT_EQ(x, float(0.25 * same.normal()));
}

}  // namespace goodfit
