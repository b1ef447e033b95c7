#include "goodfit/parts/initializers/zeros.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Zeros, OverwritesWhatWasThere) {
  std::array w{1.0f, 2.0f};
  Random random(1, 1);
  Zeros{}.fill(w, {}, random);
  EXPECT_EQ(w, (std::array{0.0f, 0.0f}));
}

}  // namespace goodfit
