#include "goodfit/parts/metrics/brier.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {

TEST(Brier, SumsOverManyClasses) {
  // (0.2)² + (0.5 − 1)² + (0.3)² = 0.38 and (0.1 − 1)² + (0.1)² + (0.8)² = 1.46
  const std::vector<float> logits = logits_of({0.2, 0.5, 0.3, /**/ 0.1, 0.1, 0.8});
  EXPECT_NEAR(measured(Brier{}, 3, logits, {1, 0}), (0.38 + 1.46) / 2, 1e-6);
}

TEST(Brier, LooksAtOneOfTwoClasses) {
  // p₁ = 3/4: (1/4)² where class 1 came, (3/4)² where it did not; by one logit or by two.
  const float x = float(std::log(3.0));
  EXPECT_NEAR(measured(Brier{}, 1, {x, x}, {1, 0}), (1 / 16.0 + 9 / 16.0) / 2, 1e-6);
  EXPECT_NEAR(measured(Brier{}, 2, {0, x, 0, x}, {1, 0}), (1 / 16.0 + 9 / 16.0) / 2, 1e-6);
  EXPECT_NEAR(measured(Brier{}, 1, {0, 0}, {1, 0}), 0.25, 1e-12);
}

}  // namespace goodfit
