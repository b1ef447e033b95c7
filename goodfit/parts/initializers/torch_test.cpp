#include "goodfit/parts/initializers/torch.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace goodfit {

TEST(Torch, StaysWithinOneByTheRootOfItsInputs) {
  std::vector<float> w(1000);
  Random random(1, 1);
  Torch{}.fill(w, {.in = 16, .out = 3}, random);
  const auto [least, most] = std::minmax_element(w.begin(), w.end());
  EXPECT_NEAR(*least, -0.25, 0.005);
  EXPECT_NEAR(*most, 0.25, 0.005);
  EXPECT_GE(*least, -0.25f);
  EXPECT_LE(*most, 0.25f);
}

}  // namespace goodfit
