#include "goodfit/parts/losses/bce.hpp"

#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {

TEST(Bce, IsLogTwoForAnUntrainedNet) {
  EXPECT_NEAR(loss_of(Bce{}, 1, {0, 0, 0}, {0, 1, 0}), std::log(2), 1e-12);
}

TEST(Bce, IsMinusTheLogOfTheProbabilityOfWhatIsRight) {
  // The logit log 3 means p = 3/4.
  EXPECT_NEAR(loss_of(Bce{}, 1, {std::log(3.0), std::log(3.0)}, {1, 0}),
              -(std::log(0.75) + std::log(0.25)) / 2, 1e-12);
}

TEST(Bce, CountsPositiveTargetsAsOftenAsItIsTold) {
  EXPECT_NEAR(loss_of(Bce{.pos_weight = 5}, 2, {std::log(3.0), std::log(3.0)}, {1, 0}),
              -(5 * std::log(0.75) + std::log(0.25)) / 2, 1e-12);
}

TEST(Bce, StandsLogitsOfAnySize) {
  EXPECT_EQ(loss_of(Bce{}, 1, {1e4, -1e4}, {1, 0}), 0);
  EXPECT_EQ(loss_of(Bce{}, 1, {1e4, -1e4}, {0, 1}), 1e4);
  EXPECT_NEAR(loss_of(Bce{}, 1, {-40}, {0}), std::exp(-40), 1e-30);  // not lost beside the 40
}

TEST(Bce, IsForYesOrNo) { EXPECT_EQ(Loss(Bce{}).meaning(), Meaning::binary); }

TEST(Bce, RefusesOneTargetForManyOutputs) {
  Graph graph(2);
  expect_error([&] { Bce{}.build(graph.input({3}, "x"), graph.target({1}, "t")); },
               "bce: targets of shape [2, 1] do not fit outputs of shape [2, 3]");
}

}  // namespace goodfit
