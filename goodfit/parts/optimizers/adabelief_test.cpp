#include "goodfit/parts/optimizers/adabelief.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(AdaBelief, OneStepByHand) {
  // m = 0.5·2 = 1,  s = 0.25·(2 − 1)² + 0.25 = 0.5,  m̂ = 2,  ŝ = 0.5/0.25 = 2
  // w = 1 − 0.1·2/(√2 + 0.25)
  std::array w{1.0f}, m{0.0f}, s{0.0f};
  AdaBelief{.beta1 = 0.5, .beta2 = 0.75, .eps = 0.25}.update({.number = 1, .lr = 0.1}, w,
                                                             std::array{2.0f}, {m, s});
  EXPECT_FLOAT_EQ(w[0], 1 - 0.2f / (std::sqrt(2.0f) + 0.25f));
  EXPECT_FLOAT_EQ(m[0], 1.0f);
  EXPECT_FLOAT_EQ(s[0], 0.5f);
}

TEST(AdaBelief, StepsFartherWhereGradientsAreSteadyThanWhereTheyAlternate) {
  std::array w{0.0f, 0.0f}, m{0.0f, 0.0f}, s{0.0f, 0.0f};
  for (Size n = 1; n <= 50; ++n)
    AdaBelief{}.update({.number = n, .lr = 0.01}, w, std::array{1.0f, n % 2 == 0 ? 1.0f : -1.0f},
                       {m, s});
  EXPECT_LT(w[0], -1.0f) << "Adam would be at -0.5";
  EXPECT_LT(std::abs(w[1]), 0.1f);
}

TEST(AdaBelief, DecaysBesideTheGradient) {
  std::array w{1.0f}, m{0.0f}, s{0.0f};
  AdaBelief{.weight_decay = 0.5}.update({.number = 1, .lr = 0.1}, w, std::array{0.0f}, {m, s});
  EXPECT_FLOAT_EQ(w[0], 0.95f);
}

}  // namespace goodfit
