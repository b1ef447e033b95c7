#include "goodfit/parts/initializers/he_uniform.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace goodfit {

TEST(HeUniform, ReachesTheRootOfThreeTimesTheDeviation) {
  for (const std::string mode : {"fan_in", "fan_out"}) {
    std::vector<float> w(1000);
    Random random(1, 1);
    const Fan fan = mode == "fan_in" ? Fan{.in = 6, .out = 99} : Fan{.in = 99, .out = 6};
    HeUniform{.mode = mode}.fill(w, fan, random);  // √3 √2 / √6 = 1
    const auto [least, most] = std::minmax_element(w.begin(), w.end());
    EXPECT_NEAR(*least, -1, 0.02) << mode;
    EXPECT_NEAR(*most, 1, 0.02) << mode;
  }
}

}  // namespace goodfit
