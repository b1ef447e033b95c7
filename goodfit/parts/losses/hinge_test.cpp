#include "goodfit/parts/losses/hinge.hpp"

#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {

TEST(Hinge, IsWhatLacksToTheMargin) {
  // The target leads by 3 and by ½: 0 and ½ lack to 1; divided by three classes.
  EXPECT_NEAR(loss_of(Hinge{}, 3, {4, 1, 3.5}, {0}), (0 + 0.5) / 3, 1e-12);
  // To a margin of 4: 1 and 3½.
  EXPECT_NEAR(loss_of(Hinge{.margin = 4}, 3, {4, 1, 3.5}, {0}), (1 + 3.5) / 3, 1e-12);
  EXPECT_NEAR(loss_of(Hinge{.margin = 4, .squared = true}, 3, {4, 1, 3.5}, {0}),
              (1 + 3.5 * 3.5) / 3, 1e-12);
}

TEST(Hinge, IsZeroWhenAllIsRightByTheMargin) {
  EXPECT_EQ(loss_of(Hinge{}, 2, {3, 1, -2, 0}, {0, 1}), 0);
}

TEST(Hinge, IsForScoresWhichAreNoProbabilities) {
  EXPECT_EQ(Loss(Hinge{}).meaning(), Meaning::scores);
}

}  // namespace goodfit
