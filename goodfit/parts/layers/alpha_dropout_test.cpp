#include "goodfit/parts/layers/alpha_dropout.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(AlphaDropout, GivesPyTorchsTwoValuesForZero) {
  // p = 0.5, α' = -1.7580993408473766: a = 0.886415, b = 0.779203, a α' + b = -0.779203.
  Size low = 0;
  for (const double y : outputs_of(AlphaDropout{}, {100}, Numbers(10000, 0.0))) {
    low += y < 0;
    EXPECT_NEAR(std::abs(y), 0.779202, 1e-5);
  }
  EXPECT_NEAR(double(low), 5000, 200);
}

TEST(AlphaDropout, KeepsInAStraightLine) {
  // a x + b with a = 1 / √(0.5 (1 + 0.5 · 3.0909)).
  const double a = 1 / std::sqrt(0.5 * (1 + 0.5 * 3.090913292)), b = a * 0.5 * 1.7580993408473766;
  for (const double y : outputs_of(AlphaDropout{}, {100}, Numbers(1000, 2.0)))
    EXPECT_NEAR(std::max(y, 0.0), y > 0 ? 2 * a + b : 0, 1e-8);
}

}  // namespace goodfit
