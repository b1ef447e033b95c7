#include "goodfit/parts/losses/mae.hpp"

#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {

TEST(Mae, IsTheMeanOverSamplesAndOutputs) {
  EXPECT_NEAR(loss_of(Mae{}, 2, {1, 2, 3, 4}, {1, 0, 0, 5}), (0 + 2 + 3 + 1) / 4.0, 1e-12);
}

TEST(Mae, IsForNumbers) { EXPECT_EQ(Loss(Mae{}).meaning(), Meaning::numbers); }

TEST(Mae, RefusesTargetsOfAnotherWidth) {
  Graph graph(2);
  expect_error([&] { Mae{}.build(graph.input({3}, "x"), graph.target({1}, "t")); },
               "mae: targets of shape [2, 1] do not fit outputs of shape [2, 3]");
}

}  // namespace goodfit
