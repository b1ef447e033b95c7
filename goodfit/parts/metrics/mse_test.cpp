#include "goodfit/parts/metrics/mse.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {

TEST(MseMetric, IsTheMeanOfTheSquares) {
  EXPECT_EQ(measured(MseMetric{}, 2, {1, 2, 3, 4}, {2, 2, 1, -1}, 2), (1 + 0 + 4 + 25) / 4.0);
}

TEST(MseMetric, RefusesClasses) {
  expect_error(
      [] {
        measured(MseMetric{}, 3, {1, 2, 3}, {0});
      },
      "mse compares numbers: the model has 3 outputs but each sample 1 targets");
}

}  // namespace goodfit
