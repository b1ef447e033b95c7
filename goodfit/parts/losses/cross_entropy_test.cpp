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

TEST(CrossEntropy, WeightsSamplesAndTheirMean) {
  // p = 3/4 of class 0 and 1/4 of class 1; weights 2 and ½.
  const std::vector<double> logits{std::log(3.0), 0, std::log(3.0), 0};
  const double a = -std::log(0.75), b = -std::log(0.25);
  EXPECT_NEAR(loss_of(CrossEntropy{.weights = {2, 0.5}}, 2, logits, {0, 1}),
              (2 * a + 0.5 * b) / 2.5, 1e-12);
  // Smoothing weights each class's share, the mean still the targets: q = (0.9, 0.1).
  EXPECT_NEAR(
      loss_of(CrossEntropy{.smoothing = 0.2, .weights = {2, 0.5}}, 2, {std::log(3.0), 0}, {0}, 9),
      (2 * 0.9 * a + 0.5 * 0.1 * b) / 2, 1e-12);
}

TEST(CrossEntropy, IsZeroForABatchWithoutWeight) {
  EXPECT_EQ(loss_of(CrossEntropy{.weights = {0, 1}}, 2, {3, 4, 5, 6}, {0, 0}), 0);
}

TEST(CrossEntropy, RefusesWeightsForOtherClasses) {
  Graph graph(2);
  expect_error(
      [&] {
        CrossEntropy{.weights = {1, 2}}.build(graph.input({3}, "x"), graph.target({1}, "t"));
      },
      "cross_entropy.weights has 2 numbers, but the model has 3 outputs: one for each class is "
      "needed");
}

TEST(CrossEntropy, StandsLogitsOfAnySize) {
  EXPECT_NEAR(loss_of(CrossEntropy{}, 2, {1000, -1000}, {0}), 0, 1e-12);
  EXPECT_NEAR(loss_of(CrossEntropy{}, 2, {1000, -1000}, {1}), 2000, 1e-9);
}

TEST(CrossEntropy, IsForLogits) { EXPECT_EQ(Loss(CrossEntropy{}).meaning(), Meaning::logits); }

TEST(CrossEntropy, RefusesTargetsThatAreNeitherAnIndexNorShares) {
  Graph graph(2);
  expect_error([&] { CrossEntropy{}.build(graph.input({3}, "x"), graph.target({2}, "t")); },
               "cross_entropy: targets of shape [2, 2] do not fit logits of shape [2, 3]");
}

}  // namespace goodfit
