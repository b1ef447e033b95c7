#include "goodfit/parts/layers/rms_norm.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(RmsNorm, DividesEachPositionByItsRootMeanSquare) {
  // Mean squares 25 / 2 and 4.
  Built net({RmsNorm{.eps = 1e-12}}, {2, 2}, 1);
  const double s = std::sqrt(12.5);
  expect_numbers(net.run({3, 4, 2, -2}), {3 / s, 4 / s, 1, -1});
}

TEST(RmsNorm, AddsEpsToTheMeanSquareAndScales) {
  Built net({RmsNorm{.eps = 3}}, {2}, 1);
  net.set("layers.0.weight", {4, 6});
  expect_numbers(net.run({-1, 1}), {-2, 3});
}

TEST(RmsNorm, LearnsAScaleAndNoShift) {
  EXPECT_EQ(Built({RmsNorm{}}, {3}, 1).names(true), std::vector<std::string>{"layers.0.weight"});
  EXPECT_TRUE(Built({RmsNorm{.affine = false}}, {3}, 1).names(true).empty());
}

TEST(RmsNorm, KeepsTheMeanThatLayerNormTakesOut) {
  expect_numbers(outputs_of(RmsNorm{.eps = 1e-12}, {2}, {7, 7}), {1, 1});
}

}  // namespace goodfit
