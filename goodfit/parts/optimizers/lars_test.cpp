#include "goodfit/parts/optimizers/lars.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Lars, TwoStepsByHand) {
  // ‖w‖ = 5, ‖g‖ = 2:  ρ = 0.5·5/(2 + 0.1·5) = 1;  g + λ w = (0.3, 2.4) = b
  // w = (3 − 0.5·0.3, 4 − 0.5·2.4) = (2.85, 2.8); then with ‖g‖ = 0: ρ = 1, g + λ w = 0.1 w
  // b = 0.5·(0.3, 2.4) + (0.285, 0.28) = (0.435, 1.48)
  std::array w{3.0f, 4.0f}, b{0.0f, 0.0f};
  const Lars rule{.momentum = 0.5, .weight_decay = 0.1, .trust = 0.5};
  rule.update({.number = 1, .lr = 0.5}, w, std::array{0.0f, 2.0f}, {b});
  EXPECT_FLOAT_EQ(b[0], 0.3f);
  EXPECT_FLOAT_EQ(b[1], 2.4f);
  EXPECT_FLOAT_EQ(w[0], 2.85f);
  EXPECT_FLOAT_EQ(w[1], 2.8f);
  rule.update({.number = 2, .lr = 0.5}, w, std::array{0.0f, 0.0f}, {b});
  EXPECT_FLOAT_EQ(b[0], 0.435f);
  EXPECT_FLOAT_EQ(b[1], 1.48f);
  EXPECT_FLOAT_EQ(w[1], 2.8f - 0.74f);
}

TEST(Lars, TheSizeOfTheGradientDoesNotMatter) {
  std::array small{3.0f, 4.0f}, large{3.0f, 4.0f}, b1{0.0f, 0.0f}, b2{0.0f, 0.0f};
  Lars{}.update({.number = 1, .lr = 10}, small, std::array{1e-6f, 2e-6f}, {b1});
  Lars{}.update({.number = 1, .lr = 10}, large, std::array{1e+6f, 2e+6f}, {b2});
  EXPECT_FLOAT_EQ(small[0], large[0]);
  EXPECT_FLOAT_EQ(small[1], large[1]);
}

TEST(Lars, ATensorOfZerosStepsAsSgd) {
  std::array w{0.0f}, b{0.0f};
  Lars{}.update({.number = 1, .lr = 0.5}, w, std::array{0.25f}, {b});
  EXPECT_FLOAT_EQ(w[0], -0.125f);
}

}  // namespace goodfit
