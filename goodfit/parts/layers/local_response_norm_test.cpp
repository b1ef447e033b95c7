#include "goodfit/parts/layers/local_response_norm.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(LocalResponseNorm, DividesByTheSquaresOfAWindowOfChannels) {
  // α / n = 1: sums of squares 1 + 4, 1 + 4 + 9, 4 + 9, and one more for k.
  const LocalResponseNorm layer{.size = 3, .alpha = 3, .beta = 1};
  expect_numbers(outputs_of(layer, {3}, {1, 2, 3}), {1.0 / 6, 2.0 / 15, 3.0 / 14});
}

TEST(LocalResponseNorm, OfEvenSizeLooksFurtherBack) {
  // The window of c is c - 1 and c, at α / n = 1.
  const LocalResponseNorm layer{.size = 2, .alpha = 2, .beta = 0.5};
  expect_numbers(outputs_of(layer, {2}, {1, 2}), {1 / std::sqrt(2.0), 2 / std::sqrt(6.0)});
}

TEST(LocalResponseNorm, TreatsEachPositionAlone) {
  const LocalResponseNorm layer{.size = 5, .alpha = 5, .beta = 1};
  expect_numbers(outputs_of(layer, {2, 1}, {1, 3}), {0.5, 0.3});
}

TEST(LocalResponseNorm, WithoutWeightDividesByK) {
  expect_numbers(outputs_of(LocalResponseNorm{.alpha = 0, .beta = 1, .k = 4}, {2}, {8, 4}), {2, 1});
}

TEST(LocalResponseNorm, RefusesAWindowOfNothing) {
  expect_error([] { Layer(LocalResponseNorm{.size = 0}); }, "local_response_norm.size = 0");
}

}  // namespace goodfit
