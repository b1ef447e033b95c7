#include "goodfit/parts/metrics/log_loss.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {

TEST(LogLoss, IsTheMeanOfMinusTheLogOfTheTargetsProbability) {
  const std::vector<float> logits = logits_of({0.2, 0.5, 0.3, /**/ 0.1, 0.1, 0.8});
  EXPECT_NEAR(measured(LogLoss{}, 3, logits, {1, 0}), -(std::log(0.5) + std::log(0.1)) / 2, 1e-6);
  // One logit log 3: p = 3/4 of class 1.
  const float x = float(std::log(3.0));
  EXPECT_NEAR(measured(LogLoss{}, 1, {x, x}, {1, 0}), -(std::log(0.75) + std::log(0.25)) / 2, 1e-6);
}

TEST(LogLoss, IsAsLargeAsTheMistake) {
  EXPECT_EQ(measured(LogLoss{}, 2, {1e4f, 0}, {1}), 1e4);
  EXPECT_TRUE(std::isnan(measured(LogLoss{}, 2, {1, 0}, {2})));
}

}  // namespace goodfit
