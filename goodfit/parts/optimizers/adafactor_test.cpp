#include "goodfit/parts/optimizers/adafactor.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Adafactor, OneStepOfAMatrixByHand) {
  // g = (1 2; 3 4), t = 1, β = 0:  R = (2.5, 12.5), C = (5, 10), mean R = 7.5
  // v = R C / 7.5 = (5/3, 10/3; 25/3, 50/3);  u = g/√v = (0.774597, 1.095445; 1.039230, 0.979796)
  // rms(u)² = (0.6 + 1.2 + 1.08 + 0.96)/4 = 0.96: below clip.  rms(w) = 2, α = 2·min(0.1, 1)
  std::array w{2.0f, 2.0f, -2.0f, -2.0f}, kept{0.0f, 0.0f, 0.0f, 0.0f};
  Adafactor{}.update({.number = 1, .lr = 0.1, .rows = 2}, w, std::array{1.0f, 2.0f, 3.0f, 4.0f},
                     {kept});
  EXPECT_FLOAT_EQ(kept[0], 2.5f);
  EXPECT_FLOAT_EQ(kept[1], 12.5f);
  EXPECT_FLOAT_EQ(kept[2], 5.0f);
  EXPECT_FLOAT_EQ(kept[3], 10.0f);
  EXPECT_FLOAT_EQ(w[0], 2 - 0.2f * 0.77459667f);
  EXPECT_FLOAT_EQ(w[1], 2 - 0.2f * 1.0954451f);
  EXPECT_FLOAT_EQ(w[2], -2 - 0.2f * 1.0392305f);
  EXPECT_FLOAT_EQ(w[3], -2 - 0.2f * 0.9797959f);
}

TEST(Adafactor, TwoStepsOfAVectorByHand) {
  // t = 1: v = 4, u = 1, clipped to 0.5, α = 1·0.1
  // t = 2, p = −1, β = 1/2: v = 2 and u = 0; again with g = 2: v = 3, u = 2/√3, clipped to 0.5
  std::array w{1.0f}, v{0.0f};
  const Adafactor rule{.beta2_decay = -1, .clip = 0.5};
  rule.update({.number = 1, .lr = 0.1}, w, std::array{2.0f}, {v});
  EXPECT_FLOAT_EQ(w[0], 0.95f);
  EXPECT_FLOAT_EQ(v[0], 4.0f);
  rule.update({.number = 2, .lr = 0.1}, w, std::array{0.0f}, {v});
  EXPECT_FLOAT_EQ(v[0], 2.0f);
  EXPECT_FLOAT_EQ(w[0], 0.95f);
  rule.update({.number = 2, .lr = 0.1}, w, std::array{2.0f}, {v});
  EXPECT_FLOAT_EQ(v[0], 3.0f);
  EXPECT_FLOAT_EQ(w[0], 0.95f - 0.095f * 0.5f);
}

TEST(Adafactor, StepsAsIfItsTensorHadAtLeastSomeSizeAndNeverFasterThanTheRoot) {
  // w = 0: α = eps2 · min(10, 1/√4) = 0.25·0.5; u = g/√v = 1 as β keeps nothing of v at p = 0
  std::array w{0.0f}, v{1.0f};
  Adafactor{.beta2_decay = 0, .eps2 = 0.25}.update({.number = 4, .lr = 10}, w, std::array{3.0f},
                                                   {v});
  EXPECT_FLOAT_EQ(w[0], -0.125f);
}

TEST(Adafactor, TakesAGradientBelowItsLeastSizeForSmall) {
  // g = 0.1 all over: R = C = 0.01, mean R = 0.01 below ε₁ = 1: v = 0.0001, but at least ε₁² = 1
  std::array w{1.0f, 1.0f, 1.0f, 1.0f}, kept{0.0f, 0.0f, 0.0f, 0.0f};
  const std::array g{0.1f, 0.1f, 0.1f, 0.1f};
  Adafactor{.eps1 = 1}.update({.number = 1, .lr = 0.5, .rows = 2}, w, g, {kept});
  EXPECT_FLOAT_EQ(w[0], 0.95f);
  // ε₁ = 0.1: v = 0.01·0.01/0.1 = 0.001, u = 0.1/√0.01 as ε₁² = 0.01 is more
  Adafactor{.eps1 = 0.1}.update({.number = 1, .lr = 0.5, .rows = 2}, w, g, {kept});
  EXPECT_FLOAT_EQ(w[0], 0.95f - 0.95f * 0.5f);
}

TEST(Adafactor, ARowOrAColumnIsAVector) {
  for (const Size rows : {1, 3}) {
    std::array w{1.0f, 1.0f, 1.0f}, v{0.0f, 0.0f, 0.0f};
    Adafactor{}.update({.number = 1, .lr = 0.1, .rows = rows}, w, std::array{1.0f, 2.0f, 3.0f},
                       {v});
    EXPECT_FLOAT_EQ(v[2], 9.0f);
    EXPECT_FLOAT_EQ(w[0], 0.9f);
    EXPECT_FLOAT_EQ(w[2], 0.9f);
  }
}

}  // namespace goodfit
