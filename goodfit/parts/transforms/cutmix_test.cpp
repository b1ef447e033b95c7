#include "goodfit/parts/transforms/cutmix.hpp"

#include "goodfit/parts/transforms/testing.hpp"

namespace goodfit {

// Image t is filled with t, so that its mean after the exchange is what its target must be.
TEST(Cutmix, TheTargetIsMixedByArea) {
  Random random(3, 1);
  bool exchanged = false;
  for (int i = 0; i < 100; ++i) {
    TestBatch batch{{4, 5, 2}, {}, {0, 1, 2}};
    for (int t = 0; t < 3; ++t) batch.features.insert(batch.features.end(), 40, float(t));
    Cutmix{}.apply(batch.view(), random);
    for (std::size_t row = 0; row < 3; ++row) {
      double mean = 0;
      for (std::size_t j = 0; j < 40; ++j) {
        const float pixel = batch.features[row * 40 + j];
        ASSERT_EQ(pixel, std::round(pixel));  // pixels are exchanged, not blended
        mean += pixel / 40;
      }
      EXPECT_NEAR(batch.targets[row], mean, 1e-5);
      exchanged = exchanged || std::abs(mean - double(row)) > 0.1;
    }
  }
  EXPECT_TRUE(exchanged);
}

}  // namespace goodfit
