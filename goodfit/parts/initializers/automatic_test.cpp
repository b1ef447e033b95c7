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

}  // namespace goodfit
