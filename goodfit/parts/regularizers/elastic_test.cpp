#include "goodfit/parts/regularizers/elastic.hpp"

#include "goodfit/parts/regularizers/testing.hpp"

namespace goodfit {

TEST(Elastic, AddsMagnitudesAndSquares) {
  const Penalty found = penalty_of(Elastic{.lambda1 = 0.5, .lambda2 = 0.25}, {1, -2, 0, 0.5});
  EXPECT_DOUBLE_EQ(found.value, 0.5 * 3.5 + 0.25 * 5.25);
  EXPECT_EQ(found.gradient, (std::vector<double>{0.5 + 0.5, -0.5 - 1, 0, 0.5 + 0.25}));
}

// Of 2 w₁ + 2 w₂ = 4 all pairs have the least magnitudes; squares choose the one in the middle.
TEST(Elastic, SharesAmongWeightsThatAreAlike) {
  const auto of = [](double a, double b) { return penalty_of(Elastic{}, {a, b}).value; };
  EXPECT_LT(of(1, 1), of(1.5, 0.5));
  EXPECT_LT(of(1.5, 0.5), of(2, 0));
}

TEST(Elastic, RefusesToReward) {
  expect_error([] { Regularizer(Elastic{.lambda1 = -1}); }, "elastic.lambda1");
  expect_error([] { Regularizer(Elastic{.lambda2 = -1}); }, "elastic.lambda2");
}

}  // namespace goodfit
