#include "goodfit/parts/losses/mse.hpp"

#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {

TEST(Mse, IsTheMeanOverSamplesAndOutputs) {
  EXPECT_NEAR(loss_of(Mse{}, 2, {1, 2, 3, 4}, {1, 0, 0, 5}), (0 + 4 + 9 + 1) / 4.0, 1e-12);
}

TEST(Mse, CountsOnlyTheSamplesOfTheBatch) {
  EXPECT_NEAR(loss_of(Mse{}, 1, {1, 2, 3}, {0, 0, 0}, 100), 14.0 / 3, 1e-12);
}

TEST(Mse, IsForNumbers) { EXPECT_EQ(Loss(Mse{}).meaning(), Meaning::numbers); }

TEST(Mse, RefusesTargetsOfAnotherWidth) {
  Graph graph(2);
  expect_error([&] { Mse{}.build(graph.input({3}, "x"), graph.target({1}, "t")); },
               "mse: targets of shape [2, 1] do not fit outputs of shape [2, 3]");
}

}  // namespace goodfit
