#include "goodfit/parts/initializers/normal.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Normal, ScalesAndShiftsTheNormalsInTheirOrder) {
  std::array<float, 5> w;
  Random random(1, 1), same(1, 1);
  Normal{.mean = 3, .std = 0.5}.fill(w, {}, random);
  for (const float x : w) EXPECT_EQ(x, float(3 + 0.5 * same.normal()));
}

}  // namespace goodfit
