#include "goodfit/parts/optimizers/rmsprop.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace goodfit {
namespace {

struct State {
  std::array<float, 1> w{1}, square{0}, momentum{0}, mean{0};
  void step(const Rmsprop& rule, Size number, float g) {
    rule.update({.number = number, .lr = 0.1}, w, std::array{g}, {square, momentum, mean});
  }
};

}  // namespace

TEST(Rmsprop, DividesTheGradientByItsSize) {
  // s = 0.25·0.5² = 0.0625,  √s = 0.25,  w = 1 − 0.1·0.5/(0.25 + ε)
  State plain, padded;
  plain.step({.alpha = 0.75, .eps = 0}, 1, 0.5f);
  EXPECT_FLOAT_EQ(plain.square[0], 0.0625f);
  EXPECT_FLOAT_EQ(plain.w[0], 0.8f);
  padded.step({.alpha = 0.75, .eps = 0.25}, 1, 0.5f);
  EXPECT_FLOAT_EQ(padded.w[0], 0.9f);
}

TEST(Rmsprop, GoesOnWithMomentumWhenTheGradientStops) {
  // b = 2, w = 0.8;  then b = 0.5·2 + 0, w = 0.8 − 0.1·1
  State state;
  const Rmsprop rule{.alpha = 0.75, .eps = 0, .momentum = 0.5};
  state.step(rule, 1, 0.5f);
  EXPECT_FLOAT_EQ(state.w[0], 0.8f);
  state.step(rule, 2, 0);
  EXPECT_FLOAT_EQ(state.w[0], 0.7f);
}

TEST(Rmsprop, CenteredDividesByTheDeviation) {
  // a = 0.125,  s − a² = 0.0625 − 0.015625
  State state;
  state.step({.alpha = 0.75, .eps = 0, .centered = true}, 1, 0.5f);
  EXPECT_FLOAT_EQ(state.mean[0], 0.125f);
  EXPECT_FLOAT_EQ(state.w[0], float(1 - 0.1 * 0.5 / std::sqrt(0.046875)));
}

TEST(Rmsprop, CenteredStaysFiniteWhenTheGradientIsSteady) {
  // s − a² goes to 0 and may round below it
  for (const float g : {0.1f, 0.3f, 1.7f}) {
    State state;
    for (Size n = 1; n <= 200; ++n) state.step({.alpha = 0.5, .centered = true}, n, g);
    EXPECT_TRUE(std::isfinite(state.w[0])) << g;
  }
}

}  // namespace goodfit
