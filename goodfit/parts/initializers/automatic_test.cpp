#include "goodfit/parts/initializers/automatic.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Automatic, TakesHeBeforeReluAndXavierElse) {
  for (const Gain gain : {linear_gain, tanh_gain, relu_gain, leaky_relu_gain(0.3)}) {
    const Fan fan{.in = 8, .out = 24, .gain = gain};
    std::array<float, 5> w, wanted;
    Random random(1, 1), same(1, 1);
    Automatic{}.fill(w, fan, random);
    if (gain.halves)
      HeNormal{.gain = gain.value}.fill(wanted, fan, same);
    else
      XavierNormal{}.fill(wanted, fan, same);
    EXPECT_EQ(w, wanted) << gain.value;
  }
}

TEST(Automatic, GivesZerosToABias) {
  std::array w{1.0f, 2.0f};
  Random random(1, 1);
  Automatic{}.fill(w, {.in = 8, .out = 2, .bias = true}, random);
  EXPECT_EQ(w, (std::array{0.0f, 0.0f}));
}

}  // namespace goodfit
