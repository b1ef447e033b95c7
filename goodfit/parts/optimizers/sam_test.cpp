#include "goodfit/parts/optimizers/sam.hpp"

#include <gtest/gtest.h>

#include "goodfit/parts/optimizers/catalogue.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {

TEST(Sam, StepsByTheGradientOfTheWorstPlaceNearBy) {
  // ‖g‖ = ‖(3, 4)‖ = 5 and ρ = 1: goes to (10, 20) + (0.6, 0.8), comes back, then sgd by (1, −2)
  const Optimizer rule = Sam{.optimizer = Sgd{}, .rho = 1};
  EXPECT_EQ(rule.passes(), 2);
  EXPECT_EQ(rule.sums(), 1u);
  std::array w{10.0f, 20.0f}, here{0.0f, 0.0f}, momentum{0.0f, 0.0f};
  const std::array<Span, 2> kept{here, momentum};
  const std::array first{3.0f, 4.0f}, second{1.0f, -2.0f};
  std::array sums{0.0};
  Step now{.number = 1, .lr = 0.5, .sums = sums};
  rule.measure(now, w, first, kept.data(), sums);
  EXPECT_EQ(sums[0], 25);
  rule.update(now, w, first, kept.data());
  EXPECT_FLOAT_EQ(w[0], 10.6f);
  EXPECT_FLOAT_EQ(w[1], 20.8f);
  now.pass = 1;
  rule.update(now, w, second, kept.data());
  EXPECT_EQ(w[0], 9.5f);
  EXPECT_EQ(w[1], 21.0f);
}

TEST(Sam, FollowsTheFormulaInDouble) {
  // f = Σ ½ cᵢ wᵢ² with sgd: w ← w − η c (w + ρ c w / ‖c w‖)
  const std::array<double, 3> c{1, 5, 20};
  std::array<double, 3> exact{1, -2, 0.5};
  std::array w{1.0f, -2.0f, 0.5f}, here{0.0f, 0.0f, 0.0f}, momentum = here, g = here;
  const Optimizer rule = Sam{.optimizer = Sgd{}, .rho = 0.3};
  const std::array<Span, 2> kept{here, momentum};
  for (Size n = 1; n <= 30; ++n) {
    for (Size pass = 0; pass < 2; ++pass) {
      for (std::size_t i = 0; i < 3; ++i) g[i] = float(c[i]) * w[i];
      std::array sums{0.0};
      const Step now{.number = n, .lr = 0.02, .pass = pass, .sums = sums};
      rule.measure(now, w, g, kept.data(), sums);
      rule.update(now, w, g, kept.data());
    }
    double norm = 0;
    for (std::size_t i = 0; i < 3; ++i) norm += std::pow(c[i] * exact[i], 2);
    for (std::size_t i = 0; i < 3; ++i)
      exact[i] -= 0.02 * c[i] * (exact[i] + 0.3 * c[i] * exact[i] / std::sqrt(norm));
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(w[i], exact[i], 1e-5) << n;
  }
}

TEST(Sam, SteersRulesThatMeasureAndRefusesItself) {
  // prodigy must see where the weights were, not where they were sent
  const Optimizer rule = Sam{.optimizer = Prodigy{}, .rho = 1};
  EXPECT_EQ(rule.numbers(), 4u);
  EXPECT_EQ(rule.sums(), 2u);
  std::array w{10.0f}, here{0.0f}, start{0.0f}, a{0.0f}, b{0.0f}, d{0.0f};
  const std::array<Span, 5> kept{here, start, a, b, d};
  std::array<double, 4> numbers{};
  for (Size pass = 0; pass < 2; ++pass) {
    std::array sums{0.0, 0.0};
    const Step now{.number = 1, .lr = 1, .pass = pass, .sums = sums, .numbers = numbers};
    rule.measure(now, w, std::array{2.0f}, kept.data(), sums);
    rule.decide(now, numbers);
    rule.update(now, w, std::array{2.0f}, kept.data());
  }
  EXPECT_EQ(start[0], 10);
  EXPECT_NEAR(w[0], 10, 1e-4);
  expect_error([] { Optimizer(Sam{.optimizer = Sam{}}); }, "sam: its optimizer sam");
}

}  // namespace goodfit
