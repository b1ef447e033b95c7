#include "goodfit/parts/initializers/constant.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Constant, FillsWithItsValue) {
  std::array w{1.0f, 2.0f};
  Random random(1, 1);
  Constant{.value = 0.25}.fill(w, {}, random);
  EXPECT_EQ(w, (std::array{0.25f, 0.25f}));
}

}  // namespace goodfit
