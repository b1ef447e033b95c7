#include "goodfit/parts/optimizers/prodigy.hpp"

#include <gtest/gtest.h>

#include "goodfit/parts/optimizers/catalogue.hpp"

namespace goodfit {
namespace {

struct Walk {
  explicit Walk(const Optimizer& by, float start) : rule(by), w{start} {}
  void step(float g, double lr = 1) {
    std::array sums{0.0, 0.0};
    const Step now{.number = ++number, .lr = lr, .sums = sums, .numbers = numbers};
    const std::array<Span, 4> kept{memory[0], memory[1], memory[2], memory[3]};
    rule.measure(now, w, std::array{g}, kept.data(), sums);
    rule.decide(now, numbers);
    rule.update(now, w, std::array{g}, kept.data());
  }
  Optimizer rule;
  std::array<float, 1> w;
  std::array<std::array<float, 1>, 4> memory{};
  std::array<double, 4> numbers{};
  Size number = 0;
};

}  // namespace

TEST(Prodigy, TwoStepsByHand) {
  // β₁ = 0, β₂ = β₃ = ¼, d₀ = 1, η = 1, ε tiny: m = d g, v = ¼ v + ¾ d² g², s = ¼ s + d² g
  // g = 4, w = w₀ = 10:  n = 0, s = 4, e = 0, d stays 1;  w = 10 − 4 / √12 = 8.845299
  // g = 4:  n = 1 · 4 (10 − 8.845299) = 4.618802, s = 5, e = 0.92376, d stays 1
  Walk walk(Prodigy{.beta1 = 0, .beta2 = 0.25, .beta3 = 0.25, .eps = 1e-12, .d0 = 1}, 10);
  walk.step(4);
  EXPECT_FLOAT_EQ(walk.w[0], 8.845299f);
  EXPECT_EQ(walk.numbers[0], 1);
  walk.step(4);
  EXPECT_NEAR(walk.numbers[2], 4.618802, 1e-5);
  EXPECT_FLOAT_EQ(walk.memory[1][0], 5);
  EXPECT_EQ(walk.numbers[0], 1);
  EXPECT_FLOAT_EQ(walk.w[0], 8.845299f - 4 / std::sqrt(0.25f * 12 + 0.75f * 16));
}

TEST(Prodigy, FindsTheSizeOfTheWay) {
  // |w − 3|, from 0: the lr grows from 1e-6 to about the distance, whatever the gradient's scale
  for (const float scale : {1.0f, 1000.0f}) {
    Walk walk(Prodigy{}, 0);
    for (int n = 0; n < 300; ++n) walk.step(walk.w[0] > 3 ? scale : -scale);
    EXPECT_GT(walk.numbers[0], 0.03) << scale;
    EXPECT_LT(walk.numbers[0], 6) << scale;
  }
}

TEST(Prodigy, OnceItHasLeftItsStartGrowsNoFasterThanItMay) {
  Walk walk(Prodigy{.growth_rate = 1.25}, 0);
  for (int n = 0; n < 100 && walk.numbers[0] <= 1e-6; ++n) walk.step(-1);
  ASSERT_GT(walk.numbers[0], 1e-6);
  double before = walk.numbers[0];
  for (int n = 0; n < 50; ++n) {
    walk.step(-1);
    EXPECT_LE(walk.numbers[0], 1.25 * before * (1 + 1e-12));
    before = walk.numbers[0];
  }
  EXPECT_GT(before, 1e-5);
}

}  // namespace goodfit
