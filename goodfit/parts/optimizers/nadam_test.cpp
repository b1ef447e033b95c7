#include "goodfit/parts/optimizers/nadam.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Nadam, TwoStepsByHand) {
  // ψ = 0: μ_i = β₁/2 = 0.25 for all i, P_1 = 1/4, P_2 = 1/16, P_3 = 1/64
  // g = 1: m = v = 0.5, v̂ = 1,      m̂ = 0.25·0.5/(15/16) + 0.75·1/(3/4)  = 2/15 + 1
  // g = 0: m = v = 0.25, v̂ = 1/3,   m̂ = 0.25·0.25/(63/64)               = 4/63
  std::array w{1.0f}, m{0.0f}, v{0.0f};
  const Nadam rule{.beta1 = 0.5, .beta2 = 0.5, .momentum_decay = 0};
  rule.update({.number = 1, .lr = 0.1}, w, std::array{1.0f}, {m, v});
  EXPECT_FLOAT_EQ(w[0], float(1 - 0.1 * 17 / 15));
  rule.update({.number = 2, .lr = 0.1}, w, std::array{0.0f}, {m, v});
  EXPECT_FLOAT_EQ(w[0], float(1 - 0.1 * 17 / 15 - 0.1 * 4 / 63 * std::sqrt(3)));
}

TEST(Nadam, DecaysWeightsThroughTheGradient) {
  // g + λ w = 0.5·2 = 1, so it moves as above
  std::array w{2.0f}, m{0.0f}, v{0.0f};
  Nadam{.beta1 = 0.5, .beta2 = 0.5, .weight_decay = 0.5, .momentum_decay = 0}.update(
      {.number = 1, .lr = 0.1}, w, std::array{0.0f}, {m, v});
  EXPECT_FLOAT_EQ(w[0], float(2 - 0.1 * 17 / 15));
}

TEST(Nadam, NeedsNoMemoryOfItsMomentaLateInARun) {
  // after many steps both divisors are 1, and μ = β₁
  std::array w{1.0f}, m{0.5f}, v{0.25f};
  Nadam{.beta1 = 0.5, .momentum_decay = 1}.update({.number = 1'000'000'000, .lr = 0.1}, w,
                                                  std::array{0.5f}, {m, v});
  EXPECT_FLOAT_EQ(w[0], 1 - 0.1f * (0.5f * 0.5f + 0.5f * 0.5f) / 0.5f);
}

}  // namespace goodfit
