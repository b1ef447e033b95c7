#include "goodfit/parts/optimizers/adadelta.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Adadelta, TwoStepsByHand) {
  // s = 0.75·0 + 0.25·1 = 0.25,    d = √(1/1.25)·1 = 0.894427,          w = 2 − 0.894427
  // a = 0.25·0.8 = 0.2,  s = 0.75·0.25 + 0 = 0.1875,  d = 0
  std::array w{2.0f}, s{0.0f}, a{0.0f};
  const Adadelta rule{.rho = 0.75, .eps = 1};
  rule.update({.number = 1, .lr = 1}, w, std::array{1.0f}, {s, a});
  EXPECT_FLOAT_EQ(s[0], 0.25f);
  EXPECT_FLOAT_EQ(a[0], 0.2f);
  EXPECT_FLOAT_EQ(w[0], 2 - 0.89442719f);
  rule.update({.number = 2, .lr = 1}, w, std::array{0.0f}, {s, a});
  EXPECT_FLOAT_EQ(s[0], 0.1875f);
  EXPECT_FLOAT_EQ(a[0], 0.15f);
  EXPECT_FLOAT_EQ(w[0], 2 - 0.89442719f);
}

TEST(Adadelta, DecaysWeightsThroughTheGradient) {
  // g + λ w = 0.5·2 = 1, so it moves as above
  std::array w{2.0f}, s{0.0f}, a{0.0f};
  Adadelta{.rho = 0.75, .eps = 1, .weight_decay = 0.5}.update({.number = 1, .lr = 1}, w,
                                                              std::array{0.0f}, {s, a});
  EXPECT_FLOAT_EQ(w[0], 2 - 0.89442719f);
}

}  // namespace goodfit
