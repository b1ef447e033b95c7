#include "goodfit/parts/initializers/automatic.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Automatic, TakesHeBeforeReluAndXavierElse) {
  for (const bool relu : {false, true}) {
    const Fan fan{.in = 8, .out = 24, .relu_follows = relu};
    std::array<float, 5> w, wanted;
    Random random(1, 1), same(1, 1);
    Automatic{}.fill(w, fan, random);
    if (relu)
      HeNormal{}.fill(wanted, fan, same);
    else
      XavierNormal{}.fill(wanted, fan, same);
    EXPECT_EQ(w, wanted) << relu;
  }
}

}  // namespace goodfit
