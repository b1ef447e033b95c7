#include "goodfit/parts/initializers/uniform.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace goodfit {

TEST(Uniform, FillsTheWholeRangeAndNothingElse) {
  std::vector<float> w(1000);
  Random random(1, 1);
  Uniform{.low = -2, .high = 6}.fill(w, {}, random);
  const auto [least, most] = std::minmax_element(w.begin(), w.end());
  EXPECT_GE(*least, -2);
  EXPECT_LT(*least, -1.9f);
  EXPECT_LE(*most, 6);
  EXPECT_GT(*most, 5.9f);
}

}  // namespace goodfit
