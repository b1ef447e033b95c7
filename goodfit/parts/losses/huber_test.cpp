#include "goodfit/parts/losses/huber.hpp"

#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {

TEST(Huber, SquaresSmallErrorsAndSizesLargeOnes) {
  // Errors 0.5, −1, 3, −4 and δ = 1: 1/8, 1/2, 2½, 3½.
  EXPECT_NEAR(loss_of(Huber{}, 2, {0.5, 1, 3, -4}, {0, 2, 0, 0}), (0.125 + 0.5 + 2.5 + 3.5) / 4,
              1e-12);
  // δ = 3: the third is ½ · 9, the last 3 (4 − 1½).
  EXPECT_NEAR(loss_of(Huber{.delta = 3}, 1, {3, -4}, {0, 0}), (4.5 + 7.5) / 2, 1e-12);
}

TEST(Huber, IsForNumbers) { EXPECT_EQ(Loss(Huber{}).meaning(), Meaning::numbers); }

}  // namespace goodfit
