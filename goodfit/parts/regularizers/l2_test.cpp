#include "goodfit/parts/regularizers/l2.hpp"

#include "goodfit/parts/regularizers/testing.hpp"

namespace goodfit {

TEST(L2, AddsTheSquaresAndPushesTheLargestMost) {
  const Penalty found = penalty_of(L2{.lambda = 0.5}, {1, -2, 0, 3});
  EXPECT_DOUBLE_EQ(found.value, 0.5 * 14);
  EXPECT_EQ(found.gradient, (std::vector<double>{1, -2, 0, 3}));
}

TEST(L2, WithLambdaZeroDoesNothing) {
  const Penalty found = penalty_of(L2{.lambda = 0}, {1, -2});
  EXPECT_EQ(found.value, 0);
  EXPECT_EQ(found.gradient, (std::vector<double>{0, 0}));
}

TEST(L2, SumsMoreWeightsThanAVectorHolds) {
  EXPECT_DOUBLE_EQ(penalty_of(L2{.lambda = 2}, std::vector<double>(1003, -1)).value, 2006);
}

TEST(L2, RefusesToReward) {
  expect_error([] { Regularizer(L2{.lambda = -1}); }, "l2.lambda");
}

}  // namespace goodfit
