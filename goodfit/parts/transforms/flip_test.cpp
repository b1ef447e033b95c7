#include "goodfit/parts/transforms/flip.hpp"

#include "goodfit/parts/transforms/testing.hpp"

namespace goodfit {

TEST(Flip, MirrorsPixelsAndLeavesChannels) {
  TestBatch batch = counting({2, 3, 2}, 1);
  Random random(1, 1);
  Flip{.p = 1}.apply(batch.view(), random);
  EXPECT_EQ(batch.features, (std::vector<float>{5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8}));
}

TEST(Flip, ItsShareOfTheSamplesIsP) {
  TestBatch batch = counting({1, 2, 1}, 4000);
  Random random(7, 1);
  Flip{.p = 0.3}.apply(batch.view(), random);
  int flipped = 0;
  for (std::size_t i = 0; i < 4000; ++i)
    flipped += batch.features[2 * i] > batch.features[2 * i + 1];
  EXPECT_NEAR(flipped / 4000.0, 0.3, 4 * std::sqrt(0.3 * 0.7 / 4000));
}

}  // namespace goodfit
