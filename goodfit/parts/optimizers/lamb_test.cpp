#include "goodfit/parts/optimizers/lamb.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Lamb, OneStepByHand) {
  // β = 0: m̂ = g, √v̂ = |g|;  r = g/(|g| + ε) + λ w = (0.5 + 0.3, 0 + 0.4) = (0.8, 0.4)
  // ‖w‖ = 5, ‖r‖ = √0.8:  w − 0.1·(5/√0.8)·r
  std::array w{3.0f, 4.0f}, m{0.0f, 0.0f}, v{0.0f, 0.0f};
  const Lamb rule{.beta1 = 0, .beta2 = 0, .eps = 2, .weight_decay = 0.1};
  rule.update({.number = 1, .lr = 0.1}, w, std::array{2.0f, 0.0f}, {m, v});
  EXPECT_FLOAT_EQ(w[0], float(3 - 0.5 * 0.8 / std::sqrt(0.8)));
  EXPECT_FLOAT_EQ(w[1], float(4 - 0.5 * 0.4 / std::sqrt(0.8)));
}

TEST(Lamb, UndoesTheStartOfItsMeansAtZero) {
  // m = v = 0.5, then 0.25; m̂ = v̂ = 1/3: a lone weight steps by η ‖w‖ whatever r is
  std::array w{1.0f}, m{0.0f}, v{0.0f};
  const Lamb rule{.beta1 = 0.5, .beta2 = 0.5};
  rule.update({.number = 1, .lr = 0.1}, w, std::array{1.0f}, {m, v});
  EXPECT_FLOAT_EQ(w[0], 0.9f);
  EXPECT_FLOAT_EQ(m[0], 0.5f);
  rule.update({.number = 2, .lr = 0.1}, w, std::array{0.0f}, {m, v});
  EXPECT_FLOAT_EQ(v[0], 0.25f);
  EXPECT_FLOAT_EQ(w[0], 0.81f);
}

TEST(Lamb, ATensorOfZerosStepsAsAdam) {
  std::array w{0.0f}, m{0.0f}, v{0.0f};
  Lamb{}.update({.number = 1, .lr = 0.1}, w, std::array{0.25f}, {m, v});
  EXPECT_NEAR(w[0], -0.1f, 1e-6f);
}

}  // namespace goodfit
