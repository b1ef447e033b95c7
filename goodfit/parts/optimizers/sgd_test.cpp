#include "goodfit/parts/optimizers/sgd.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Sgd, StepsDownTheGradient) {
  std::array w{1.0f}, b{0.0f};
  Sgd{}.update({.number = 1, .lr = 0.1}, w, std::array{0.5f}, {b});
  EXPECT_FLOAT_EQ(w[0], 0.95f);
  EXPECT_EQ(b[0], 0.0f) << "nothing to remember without momentum";
}

TEST(Sgd, TwoStepsWithEverySettingByHand) {
  // g + λ w = 0.7,   b = 0.7 (the first is not dampened),        w = 1 − 0.1·0.7       = 0.93
  // g + λ w = 0.686, b = 0.5·0.7 + 0.75·0.686 = 0.8645,          w = 0.93 − 0.1·0.8645 = 0.84355
  std::array w{1.0f}, b{0.0f};
  const Sgd rule{.momentum = 0.5, .dampening = 0.25, .weight_decay = 0.2};
  rule.update({.number = 1, .lr = 0.1}, w, std::array{0.5f}, {b});
  EXPECT_FLOAT_EQ(w[0], 0.93f);
  EXPECT_FLOAT_EQ(b[0], 0.7f);
  rule.update({.number = 2, .lr = 0.1}, w, std::array{0.5f}, {b});
  EXPECT_FLOAT_EQ(b[0], 0.8645f);
  EXPECT_FLOAT_EQ(w[0], 0.84355f);
}

}  // namespace goodfit
