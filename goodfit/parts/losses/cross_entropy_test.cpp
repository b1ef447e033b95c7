#include "goodfit/parts/losses/cross_entropy.hpp"

#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {

TEST(CrossEntropy, IsTheLogOfTheNumberOfClassesForAnUntrainedNet) {
  EXPECT_NEAR(loss_of(CrossEntropy{}, 5, {0, 0, 0, 0, 0, 7, 7, 7, 7, 7}, {2, 4}), std::log(5),
              1e-12);
}

TEST(CrossEntropy, IsMinusTheLogOfTheTargetsProbability) {
  // p = 3/4 of class 0 and 1/4 of class 1, both by logits log 3 and 0.
  const std::vector<double> logits{std::log(3.0), 0, std::log(3.0), 0};
  EXPECT_NEAR(loss_of(CrossEntropy{}, 2, logits, {0, 1}), -(std::log(0.75) + std::log(0.25)) / 2,
              1e-12);
}

TEST(CrossEntropy, SmoothingGivesEachClassAShare) {
  // q = (0.8 + 0.1, 0.1) for s = 0.2 and two classes.
  const std::vector<double> logits{std::log(3.0), 0};
  EXPECT_NEAR(loss_of(CrossEntropy{.smoothing = 0.2}, 2, logits, {0}),
              -0.9 * std::log(0.75) - 0.1 * std::log(0.25), 1e-12);
}

TEST(CrossEntropy, StandsLogitsOfAnySize) {
  EXPECT_NEAR(loss_of(CrossEntropy{}, 2, {1000, -1000}, {0}), 0, 1e-12);
  EXPECT_NEAR(loss_of(CrossEntropy{}, 2, {1000, -1000}, {1}), 2000, 1e-9);
}

TEST(CrossEntropy, IsForLogits) { EXPECT_EQ(Loss(CrossEntropy{}).meaning(), Meaning::logits); }

TEST(CrossEntropy, RefusesOneTargetForManyRows) {
  Graph graph(2);
  expect_error([&] { CrossEntropy{}.build(graph.input({3}, "x"), graph.target({3}, "t")); },
               "cross_entropy: targets of shape [2, 3] do not fit logits of shape [2, 3]");
}

}  // namespace goodfit
