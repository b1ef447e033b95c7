#include "goodfit/parts/optimizers/schedule_free_adamw.hpp"

#include <gtest/gtest.h>

#include "goodfit/parts/optimizers/catalogue.hpp"

namespace goodfit {

TEST(ScheduleFreeAdamW, TheFirstStepHasTheLengthOfTheLr) {
  // v̂ = g², so d = sign g + λ y = 1 + 0.5 · 8 = 5: z = x = y = 8 − 0.1 · 5
  const Optimizer rule = ScheduleFreeAdamW{.weight_decay = 0.5};
  std::array y{8.0f}, z{0.0f}, v{0.0f}, x{0.0f};
  const std::array<Span, 2> kept{z, v};
  std::array<double, 2> numbers{};
  const Step now{.number = 1, .lr = 0.1, .numbers = numbers};
  rule.decide(now, numbers);
  rule.update(now, y, std::array{20.0f}, kept.data());
  rule.evaluated(now, y, kept.data(), x);
  for (const float end : {y[0], z[0], x[0]}) EXPECT_NEAR(end, 7.5f, 1e-6);
}

TEST(ScheduleFreeAdamW, WarmsUp) {
  std::array<double, 2> numbers{};
  const Optimizer rule = ScheduleFreeAdamW{.warmup_steps = 4, .weight_lr_power = 1};
  for (Size n = 1; n <= 6; ++n) rule.decide({.number = n, .lr = 2}, numbers);
  EXPECT_EQ(numbers[0], 2);
  EXPECT_EQ(numbers[1], 0.5 + 1 + 1.5 + 2 + 2 + 2);
}

}  // namespace goodfit
