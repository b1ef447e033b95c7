#include "goodfit/parts/losses/focal.hpp"

#include "goodfit/parts/losses/cross_entropy.hpp"
#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {

TEST(Focal, TurnsAwayFromEasySamples) {
  // p = 3/4 and 1/4 of the target: (1/4)² and (3/4)² of the cross entropy.
  const std::vector<double> logits{std::log(3.0), 0, std::log(3.0), 0};
  EXPECT_NEAR(loss_of(Focal{}, 2, logits, {0, 1}),
              -(std::log(0.75) / 16 + 9 * std::log(0.25) / 16) / 2, 1e-12);
}

TEST(Focal, IsCrossEntropyWithoutGamma) {
  const std::vector<double> logits{1, -2, 0.5, 3, 0, 4};
  EXPECT_NEAR(loss_of(Focal{.gamma = 0}, 3, logits, {2, 1}),
              loss_of(CrossEntropy{}, 3, logits, {2, 1}), 1e-12);
}

TEST(Focal, WeightsSamplesButNotTheMean) {
  const std::vector<double> logits{std::log(3.0), 0, std::log(3.0), 0};
  EXPECT_NEAR(loss_of(Focal{.gamma = 1, .weights = {0.5, 2}}, 2, logits, {0, 1}),
              -(0.5 * std::log(0.75) / 4 + 2 * 3 * std::log(0.25) / 4) / 2, 1e-12);
}

TEST(Focal, IsExactForSamplesThatAreNearlyCertain) {
  // q = 1 / (1 + e^40), so that L = q² · q to all digits.
  EXPECT_NEAR(loss_of(Focal{}, 2, {40, 0}, {0}) / std::exp(-120), 1, 1e-12);
}

TEST(Focal, RefusesWeightsForOtherClasses) {
  Graph graph(2);
  expect_error(
      [&] {
        Focal{.weights = {1, 2}}.build(graph.input({3}, "x"), graph.target({1}, "t"));
      },
      "focal.weights has 2 numbers, but the model has 3 outputs");
}

TEST(Focal, IsForLogits) { EXPECT_EQ(Loss(Focal{}).meaning(), Meaning::logits); }

}  // namespace goodfit
