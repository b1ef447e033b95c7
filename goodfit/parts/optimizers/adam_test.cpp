#include "goodfit/parts/optimizers/adam.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Adam, TwoStepsByHand) {
  // m = v = 0.5,  m̂ = v̂ = 1,          w = 1 − 0.1
  // m = v = 0.25, m̂ = v̂ = 0.25/0.75,  w = 0.9 − 0.1 √(1/3)
  std::array w{1.0f}, m{0.0f}, v{0.0f};
  const Adam rule{.beta1 = 0.5, .beta2 = 0.5};
  rule.update({.number = 1, .lr = 0.1}, w, std::array{1.0f}, {m, v});
  EXPECT_FLOAT_EQ(w[0], 0.9f);
  rule.update({.number = 2, .lr = 0.1}, w, std::array{0.0f}, {m, v});
  EXPECT_FLOAT_EQ(m[0], 0.25f);
  EXPECT_FLOAT_EQ(v[0], 0.25f);
  EXPECT_FLOAT_EQ(w[0], 0.84226497f);
}

TEST(Adam, TheSizeOfTheGradientDoesNotMatter) {
  std::array small{1.0f}, large{1.0f}, m1{0.0f}, m2{0.0f}, v1{0.0f}, v2{0.0f};
  Adam{.eps = 0}.update({.number = 1, .lr = 0.1}, small, std::array{1e-6f}, {m1, v1});
  Adam{.eps = 0}.update({.number = 1, .lr = 0.1}, large, std::array{1e+6f}, {m2, v2});
  EXPECT_FLOAT_EQ(small[0], 0.9f);
  EXPECT_FLOAT_EQ(large[0], 0.9f);
}

TEST(Adam, WeightDecayPassesThroughTheRoot) {
  // g + λ w = 0.5·1, √v̂ + ε = 0.5 + 0.5
  std::array w{1.0f}, m{0.0f}, v{0.0f};
  Adam{.eps = 0.5, .weight_decay = 0.5}.update({.number = 1, .lr = 0.1}, w, std::array{0.0f},
                                               {m, v});
  EXPECT_FLOAT_EQ(w[0], 0.95f);
}

}  // namespace goodfit
