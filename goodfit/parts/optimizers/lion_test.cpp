#include "goodfit/parts/optimizers/lion.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Lion, TwoStepsByHand) {
  // c = 0.5·0 + 0.5·4 = 2 > 0,              w = 1 − 0.1,    m = 0.25·4 = 1
  // c = 0.5·1 − 0.5·0.5 = 0.25 > 0,         w = 0.9 − 0.1,  m = 0.75·1 − 0.25·0.5 = 0.625
  // c = 0.5·0.625 − 0.5·0.75 < 0,           w = 0.8 + 0.1
  std::array w{1.0f}, m{0.0f};
  const Lion rule{.beta1 = 0.5, .beta2 = 0.75};
  rule.update({.number = 1, .lr = 0.1}, w, std::array{4.0f}, {m});
  EXPECT_FLOAT_EQ(w[0], 0.9f);
  EXPECT_FLOAT_EQ(m[0], 1.0f);
  rule.update({.number = 2, .lr = 0.1}, w, std::array{-0.5f}, {m});
  EXPECT_FLOAT_EQ(w[0], 0.8f);
  EXPECT_FLOAT_EQ(m[0], 0.625f);
  rule.update({.number = 3, .lr = 0.1}, w, std::array{-0.75f}, {m});
  EXPECT_FLOAT_EQ(w[0], 0.9f);
}

TEST(Lion, StandsStillWithoutAGradientAndOnlyDecays) {
  std::array w{1.0f}, m{0.0f};
  Lion{.weight_decay = 0.5}.update({.number = 1, .lr = 0.1}, w, std::array{0.0f}, {m});
  EXPECT_FLOAT_EQ(w[0], 0.95f);
  EXPECT_EQ(m[0], 0.0f) << "the decay is not in the gradient";
}

}  // namespace goodfit
