#include "goodfit/parts/optimizers/nag.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Nag, TwoStepsByHand) {
  // b = 0.5,                w = 1 − 0.1 (0.5 + 0.5·0.5)       = 0.925
  // b = 0.5·0.5 + 0.5,      w = 0.925 − 0.1 (0.5 + 0.5·0.75)  = 0.8375
  std::array w{1.0f}, b{0.0f};
  const Nag rule{.momentum = 0.5};
  rule.update({.number = 1, .lr = 0.1}, w, std::array{0.5f}, {b});
  EXPECT_FLOAT_EQ(w[0], 0.925f);
  rule.update({.number = 2, .lr = 0.1}, w, std::array{0.5f}, {b});
  EXPECT_FLOAT_EQ(b[0], 0.75f);
  EXPECT_FLOAT_EQ(w[0], 0.8375f);
}

TEST(Nag, DecaysWeightsThroughTheGradient) {
  // g + λ w = 0.25·2 = 0.5, so it moves as above
  std::array w{2.0f}, b{0.0f};
  Nag{.momentum = 0.5, .weight_decay = 0.25}.update({.number = 1, .lr = 0.1}, w, std::array{0.0f},
                                                    {b});
  EXPECT_FLOAT_EQ(w[0], 1.925f);
}

}  // namespace goodfit
