#include "goodfit/parts/optimizers/adagrad.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Adagrad, TwoStepsByHand) {
  // s = 0.19 + 0.81 = 1,        w = 1 − 0.1·0.9/1               = 0.91
  // s = 1 + 0.5625, √s = 1.25,  w = 0.91 − 0.1/(1 + 1)·0.75/1.25 = 0.88
  std::array w{1.0f}, s{0.0f};
  const Adagrad rule{.lr_decay = 1, .initial = 0.19};
  rule.update({.number = 1, .lr = 0.1}, w, std::array{0.9f}, {s});
  EXPECT_FLOAT_EQ(s[0], 1.0f);
  EXPECT_FLOAT_EQ(w[0], 0.91f);
  rule.update({.number = 2, .lr = 0.1}, w, std::array{0.75f}, {s});
  EXPECT_FLOAT_EQ(s[0], 1.5625f);
  EXPECT_FLOAT_EQ(w[0], 0.88f);
}

TEST(Adagrad, AddsEpsOutsideTheRootAndDecaysThroughTheGradient) {
  // g + λ w = 0 + 0.5·1 = 0.5,  √s + ε = 0.5 + 0.5,  w = 1 − 0.1·0.5/1
  std::array w{1.0f}, s{0.0f};
  Adagrad{.eps = 0.5, .weight_decay = 0.5}.update({.number = 1, .lr = 0.1}, w, std::array{0.0f},
                                                  {s});
  EXPECT_FLOAT_EQ(w[0], 0.95f);
}

}  // namespace goodfit
