#include "goodfit/parts/layers/noise.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Noise, AddsNormalsOfItsDeviation) {
  const Numbers y = outputs_of(Noise{.sigma = 0.25}, {100}, Numbers(100000, 2.0));
  double sum = 0, squares = 0;
  for (const double v : y) sum += v, squares += (v - 2) * (v - 2);
  EXPECT_NEAR(sum / 1e5, 2, 5 * 0.25 / std::sqrt(1e5));
  EXPECT_NEAR(squares / 1e5, 0.0625, 5 * 0.0625 * std::sqrt(2 / 1e5));
}

TEST(Noise, OfDeviationZeroDoesNothing) {
  EXPECT_EQ(outputs_of(Noise{.sigma = 0}, {2}, {1, 2}), (Numbers{1, 2}));
}

TEST(Noise, RefusesANegativeDeviation) {
  expect_error([] { Layer(Noise{.sigma = -1}); }, "noise.sigma = -1 is not allowed");
}

}  // namespace goodfit
