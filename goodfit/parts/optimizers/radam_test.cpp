#include "goodfit/parts/optimizers/radam.hpp"

#include <gtest/gtest.h>

namespace goodfit {
namespace {

// β₂ = 0.75: ρ∞ = 7 and ρ = 1, 1.857, …, so that ρ > 5 from the eighth step on
float weight_after(const Radam& rule, Size steps, float g) {
  std::array w{1.0f}, m{0.0f}, v{0.0f};
  for (Size n = 1; n <= steps; ++n) rule.update({.number = n, .lr = 0.1}, w, std::array{g}, {m, v});
  return w[0];
}

}  // namespace

TEST(Radam, BeginsAsPlainMomentum) {
  // β₁ = 0: m̂ = g
  EXPECT_FLOAT_EQ(weight_after({.beta1 = 0, .beta2 = 0.75}, 1, 0.5f), 0.95f);
  EXPECT_FLOAT_EQ(weight_after({.beta1 = 0, .beta2 = 0.75}, 5, 0.5f), 0.75f);
}

TEST(Radam, DividesByTheRootOnceItIsKnown) {
  // A steady g = 0.5 has √(v / (1 − β₂ᵗ)) = 0.5, so that a step is η r.
  // t = 10: β₂ᵗ = 0.0563135, ρ = 7 − 20·0.0563135/0.9436865 = 5.806520
  //         r² = 1.806520·3.806520·7 / (3·5·5.806520) = 0.552669
  const Radam rule{.beta1 = 0, .beta2 = 0.75, .eps = 1e-12};
  EXPECT_NEAR(weight_after(rule, 9, 0.5f) - weight_after(rule, 10, 0.5f), 0.1 * std::sqrt(0.552669),
              1e-6);
}

TEST(Radam, DecaysWeightsThroughTheGradient) {
  EXPECT_FLOAT_EQ(weight_after({.beta1 = 0, .weight_decay = 0.5}, 1, 0), 0.95f);
}

}  // namespace goodfit
