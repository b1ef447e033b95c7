#include "goodfit/parts/parametrizations/weight_standardization.hpp"

#include "goodfit/parts/parametrizations/testing.hpp"

namespace goodfit {

TEST(WeightStandardization, GivesEachUnitMeanZeroAndVarianceOne) {
  Built net({dense_by({WeightStandardization{}}, 2)}, {4}, 4);
  net.set("layers.0.weight", {1, 2, 3, 6, 1000, 1001, 1002, 1001});
  // Row one: mean 3, variance (4 + 1 + 0 + 9) / 4; row two: mean 1001, variance 1 / 2.
  const double a = std::sqrt(3.5), b = std::sqrt(0.5);
  expect_numbers(weight_in(net, 4), Numbers{-2 / a, -1 / a, 0, 3 / a, -1 / b, 0, 1 / b, 0}, 1e-9);
}

TEST(WeightStandardization, AUnitOfEqualWeightsIsSilent) {
  Built net({dense_by({WeightStandardization{}}, 1)}, {2}, 2);
  net.set("layers.0.weight", {5, 5});
  expect_numbers(weight_in(net, 2), Numbers{0, 0}, 1e-12);
}

}  // namespace goodfit
