#include "goodfit/parts/metrics/auroc.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {

TEST(Auroc, IsTheShareOfPairsInTheRightOrder) {
  // Positive 0.35 and 0.8, negative 0.1 and 0.4: three of four pairs are right.
  EXPECT_EQ(measured(Auroc{}, 1, {0.1f, 0.4f, 0.35f, 0.8f}, {0, 0, 1, 1}), 0.75);
  EXPECT_EQ(measured(Auroc{}, 1, {3, 2, 1}, {1, 0, 0}), 1);
  EXPECT_EQ(measured(Auroc{}, 1, {1, 2, 3}, {1, 0, 0}), 0);
}

TEST(Auroc, CountsEqualScoresHalf) {
  EXPECT_EQ(measured(Auroc{}, 1, {1, 1, 1, 1}, {0, 1, 0, 1}), 0.5);
  // Pairs: 2 > 1, 2 = 2, 1 = 1, 1 < 2.
  EXPECT_EQ(measured(Auroc{}, 1, {2, 1, 1, 2}, {1, 1, 0, 0}), (1 + 0.5 + 0.5 + 0) / 4);
}

TEST(Auroc, ComparesTheTwoOutputsOfTwoClasses) {
  EXPECT_EQ(measured(Auroc{}, 2, {0, 0.1f, 5, 5.4f, 1, 1.35f, -1, -0.2f}, {0, 0, 1, 1}), 0.75);
}

TEST(Auroc, IsTheMeanOfEachClassAgainstTheRest) {
  const std::vector<float> logits = logits_of({0.61, 0.30, 0.09,  // of class 0
                                               0.20, 0.10, 0.70,  // of class 0
                                               0.50, 0.35, 0.15,  // of class 1
                                               0.12, 0.80, 0.08,  // of class 1
                                               0.40, 0.50, 0.10});
  // Class 0: .61 is above .5, .12 and .4, .2 above one of them: 4 of 6 pairs. Class 1: .35 is above
  // two of .3, .1 and .5, .8 above all: 5 of 6. Class 2: .1 is above .09 and .08: 2 of 4.
  EXPECT_NEAR(measured(Auroc{}, 3, logits, {0, 0, 1, 1, 2}), (4 / 6.0 + 5 / 6.0 + 2 / 4.0) / 3,
              1e-12);
}

TEST(Auroc, LeavesOutClassesWithoutSamplesOnBothSides) {
  const std::vector<float> logits = logits_of({0.6, 0.3, 0.1, 0.2, 0.7, 0.1});
  EXPECT_EQ(measured(Auroc{}, 3, logits, {0, 1}), 1);
  EXPECT_TRUE(std::isnan(measured(Auroc{}, 1, {1, 2}, {1, 1})));
}

TEST(Auroc, TellsApartWhatIsAllButCertain) {
  // p is 1 for both in double.
  EXPECT_EQ(measured(Auroc{}, 2, {0, 60, 0, 50}, {1, 0}), 1);
  EXPECT_EQ(measured(Auroc{}, 3, {0, 60, 0, 0, 50, 0}, {1, 0}), 1);
}

}  // namespace goodfit
