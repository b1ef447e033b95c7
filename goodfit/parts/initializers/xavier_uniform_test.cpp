#include "goodfit/parts/initializers/xavier_uniform.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace goodfit {

TEST(XavierUniform, ReachesTheRootOfSixByBothFans) {
  std::vector<float> w(1000);
  Random random(1, 1);
  XavierUniform{.gain = 2}.fill(w, {.in = 10, .out = 14}, random);  // 2 √(6 / 24) = 1
  const auto [least, most] = std::minmax_element(w.begin(), w.end());
  EXPECT_NEAR(*least, -1, 0.02);
  EXPECT_NEAR(*most, 1, 0.02);
  EXPECT_GE(*least, -1);
  EXPECT_LE(*most, 1);
}

}  // namespace goodfit
