#include "goodfit/parts/optimizers/schedule_free_sgd.hpp"

#include <gtest/gtest.h>

#include "goodfit/parts/optimizers/catalogue.hpp"

namespace goodfit {

TEST(ScheduleFreeSgd, TwoStepsByHand) {
  // β = ½, η = 1, weights of the mean 1: c = 1, then ½.  y = z = x = 8
  // g = 2:  z = 6, x = z = 6, y = 6          g = 4:  z = 2, x = ½ 6 + ½ 2 = 4, y = ½ 2 + ½ 4 = 3
  const Optimizer rule = ScheduleFreeSgd{.momentum = 0.5};
  std::array y{8.0f}, z{0.0f}, x{0.0f};
  const std::array<Span, 1> kept{z};
  std::array<double, 2> numbers{};
  const std::array slopes{2.0f, 4.0f}, wanted_y{6.0f, 3.0f}, wanted_z{6.0f, 2.0f},
      wanted_x{6.0f, 4.0f};
  for (std::size_t n = 0; n < 2; ++n) {
    Step now{.number = Size(n + 1), .lr = 1, .numbers = numbers};
    rule.decide(now, numbers);
    rule.update(now, y, std::array{slopes[n]}, kept.data());
    rule.evaluated(now, y, kept.data(), x);
    EXPECT_FLOAT_EQ(y[0], wanted_y[n]);
    EXPECT_FLOAT_EQ(z[0], wanted_z[n]);
    EXPECT_FLOAT_EQ(x[0], wanted_x[n]);
  }
  EXPECT_EQ(numbers, (std::array<double, 2>{1, 2}));
}

TEST(ScheduleFreeSgd, TheMeanEndsNearerThanTheWeightsThatLeap) {
  // f = ½ y² with a noisy slope: x must be much nearer to 0 than z
  const Optimizer rule = ScheduleFreeSgd{};
  std::array y{5.0f}, z{0.0f}, x{0.0f};
  const std::array<Span, 1> kept{z};
  std::array<double, 2> numbers{};
  double far_z = 0;
  for (Size n = 1; n <= 2000; ++n) {
    Step now{.number = n, .lr = 0.5, .numbers = numbers};
    rule.decide(now, numbers);
    rule.update(now, y, std::array{y[0] + (n % 2 == 0 ? 3.0f : -3.0f)}, kept.data());
    rule.evaluated(now, y, kept.data(), x);
    if (n > 1000) far_z += std::abs(double(z[0])) / 1000;
  }
  EXPECT_LT(std::abs(x[0]), 0.05);
  EXPECT_GT(far_z, 0.5);
}

}  // namespace goodfit
