#include "goodfit/parts/initializers/ones.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Ones, OverwritesWhatWasThere) {
  std::array w{0.0f, 2.0f};
  Random random(1, 1);
  Ones{}.fill(w, {}, random);
  EXPECT_EQ(w, (std::array{1.0f, 1.0f}));
}

}  // namespace goodfit
