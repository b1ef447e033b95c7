#include "goodfit/parts/optimizers/amsgrad.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Amsgrad, RemembersTheLargestSquareByHand) {
  // m = v = x = 0.5,  m̂ = x̂ = 1,                            w = 1 − 0.1
  // m = v = 0.25, x stays 0.5: m̂ = 0.25/0.75, x̂ = 0.5/0.75, w = 0.9 − 0.1·(1/3)/√(2/3)
  std::array w{1.0f}, m{0.0f}, v{0.0f}, x{0.0f};
  const Amsgrad rule{.beta1 = 0.5, .beta2 = 0.5};
  rule.update({.number = 1, .lr = 0.1}, w, std::array{1.0f}, {m, v, x});
  EXPECT_FLOAT_EQ(w[0], 0.9f);
  rule.update({.number = 2, .lr = 0.1}, w, std::array{0.0f}, {m, v, x});
  EXPECT_FLOAT_EQ(v[0], 0.25f);
  EXPECT_FLOAT_EQ(x[0], 0.5f);
  EXPECT_FLOAT_EQ(w[0], 0.9f - 0.1f * 0.40824829f);
}

TEST(Amsgrad, DecaysThroughTheGradientOrBesideIt) {
  // coupled: g + λ w = 0.5, √x̂ + ε = 0.5 + 0.5;  decoupled: 1 − 0.1·0.5, and no gradient
  for (const bool decoupled : {false, true}) {
    std::array w{1.0f}, m{0.0f}, v{0.0f}, x{0.0f};
    Amsgrad{.eps = 0.5, .weight_decay = 0.5, .decoupled = decoupled}.update(
        {.number = 1, .lr = 0.1}, w, std::array{0.0f}, {m, v, x});
    EXPECT_FLOAT_EQ(w[0], 0.95f);
    EXPECT_EQ(m[0] == 0, decoupled);
  }
}

}  // namespace goodfit
