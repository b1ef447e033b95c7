#include "goodfit/parts/regularizers/l1.hpp"

#include "goodfit/parts/regularizers/testing.hpp"

namespace goodfit {

TEST(L1, AddsTheMagnitudesAndPushesAllAlike) {
  const Penalty found = penalty_of(L1{.lambda = 0.5}, {1, -2, 0, 0.25});
  EXPECT_DOUBLE_EQ(found.value, 0.5 * 3.25);
  EXPECT_EQ(found.gradient, (std::vector<double>{0.5, -0.5, 0, 0.5}));
}

TEST(L1, WithLambdaZeroDoesNothing) {
  const Penalty found = penalty_of(L1{.lambda = 0}, {1, -2});
  EXPECT_EQ(found.value, 0);
  EXPECT_EQ(found.gradient, (std::vector<double>{0, 0}));
}

TEST(L1, SumsMoreWeightsThanAVectorHolds) {
  EXPECT_DOUBLE_EQ(penalty_of(L1{.lambda = 2}, std::vector<double>(1003, -1)).value, 2006);
}

TEST(L1, RefusesToReward) {
  expect_error([] { Regularizer(L1{.lambda = -1}); }, "l1.lambda");
}

}  // namespace goodfit
