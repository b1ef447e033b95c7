#include "goodfit/parts/optimizers/adamw.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(AdamW, OneStepByHand) {
  // w = 1 − 0.1·0.5·1 = 0.95 by decay,  then − 0.1·0.5/(0.5 + 0.5) by gradient
  std::array w{1.0f}, m{0.0f}, v{0.0f};
  AdamW{.eps = 0.5, .weight_decay = 0.5}.update({.number = 1, .lr = 0.1}, w, std::array{0.5f},
                                                {m, v});
  EXPECT_FLOAT_EQ(w[0], 0.9f);
  EXPECT_FLOAT_EQ(m[0], 0.05f) << "the decay is not in the gradient";
}

TEST(AdamW, WithoutDecayItIsAdam) {
  std::array w{1.0f}, m{0.0f}, v{0.0f}, w2{1.0f}, m2{0.0f}, v2{0.0f};
  for (Size n = 1; n <= 3; ++n) {
    AdamW{.weight_decay = 0}.update({.number = n, .lr = 0.1}, w, std::array{0.3f}, {m, v});
    Adam{}.update({.number = n, .lr = 0.1}, w2, std::array{0.3f}, {m2, v2});
  }
  EXPECT_EQ(w, w2);
}

}  // namespace goodfit
