#include "goodfit/parts/optimizers/adamax.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Adamax, TwoStepsByHand) {
  // m = 0.5,  m̂ = 1,         u = 1 + 1 = 2,            w = 1 − 0.1·1/2       = 0.95
  // m = 0.25, m̂ = 0.25/0.75, u = max(0.5·2, 0 + 1) = 1, w = 0.95 − 0.1·(1/3)
  std::array w{1.0f}, m{0.0f}, u{0.0f};
  const Adamax rule{.beta1 = 0.5, .beta2 = 0.5, .eps = 1};
  rule.update({.number = 1, .lr = 0.1}, w, std::array{1.0f}, {m, u});
  EXPECT_FLOAT_EQ(w[0], 0.95f);
  rule.update({.number = 2, .lr = 0.1}, w, std::array{0.0f}, {m, u});
  EXPECT_FLOAT_EQ(u[0], 1.0f);
  EXPECT_FLOAT_EQ(w[0], 0.95f - 0.1f / 3);
}

TEST(Adamax, StaysCalmAfterAHugeGradient) {
  // m = 0.1·1e6, m̂ = 1e6 the first time; later 0.19·… / u: never more than about the lr
  std::array w{0.0f}, m{0.0f}, u{0.0f};
  for (Size n = 1; n <= 20; ++n) {
    const float before = w[0];
    Adamax{}.update({.number = n, .lr = 0.1}, w, std::array{n == 10 ? 1e6f : 1e-3f}, {m, u});
    EXPECT_LE(std::abs(w[0] - before), 0.11f) << n;
  }
}

TEST(Adamax, DecaysWeightsThroughTheGradient) {
  // g + λ w = 0.5·2 = 1, so it moves as above
  std::array w{2.0f}, m{0.0f}, u{0.0f};
  Adamax{.beta1 = 0.5, .eps = 1, .weight_decay = 0.5}.update({.number = 1, .lr = 0.1}, w,
                                                             std::array{0.0f}, {m, u});
  EXPECT_FLOAT_EQ(w[0], 1.95f);
}

}  // namespace goodfit
