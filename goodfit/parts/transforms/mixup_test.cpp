#include "goodfit/parts/transforms/mixup.hpp"

#include "goodfit/parts/transforms/testing.hpp"

namespace goodfit {

// Features 2 t and 2 t + 1 for the target t: a blend keeps this relation, with a target in between.
TEST(Mixup, FeaturesAndTargetsAreBlendedAlike) {
  Random random(3, 1);
  bool blended = false;
  for (int i = 0; i < 50; ++i) {
    TestBatch batch{{2}, {0, 1, 2, 3, 4, 5, 6, 7}, {0, 1, 2, 3}};
    Mixup{.alpha = 1}.apply(batch.view(), random);
    double sum = 0;
    for (std::size_t row = 0; row < 4; ++row) {
      const float t = batch.targets[row];
      EXPECT_NEAR(batch.features[2 * row], 2 * t, 1e-5);
      EXPECT_NEAR(batch.features[2 * row + 1], 2 * t + 1, 1e-5);
      blended = blended || std::abs(t - std::round(t)) > 0.05;
      sum += t;
    }
    EXPECT_NEAR(sum, 6, 1e-5);  // everybody is somebody's partner
  }
  EXPECT_TRUE(blended);
}

}  // namespace goodfit
