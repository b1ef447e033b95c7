#include "goodfit/parts/losses/nll.hpp"

#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {

TEST(Nll, IsMinusTheLogProbabilityOfTheTarget) {
  EXPECT_NEAR(loss_of(Nll{}, 2, {-1, -2, -3, -4}, {1, 0}), (2 + 3) / 2.0, 1e-12);
}

TEST(Nll, WeightsSamplesAndTheirMean) {
  EXPECT_NEAR(loss_of(Nll{.weights = {1, 3}}, 2, {-1, -2, -3, -4}, {1, 0}), (3 * 2 + 3) / 4.0,
              1e-12);
}

TEST(Nll, RefusesWeightsForOtherClasses) {
  Graph graph(2);
  expect_error(
      [&] {
        Nll{.weights = {1, 2}}.build(graph.input({3}, "x"), graph.target({1}, "t"));
      },
      "nll.weights has 2 numbers, but the model has 3 outputs: one for each class is needed");
}

TEST(Nll, IsForLogitsAsSoftmaxLeavesLogProbabilitiesAlone) {
  EXPECT_EQ(Loss(Nll{}).meaning(), Meaning::logits);
}

}  // namespace goodfit
