#include "goodfit/parts/regularizers/proximal_l1.hpp"

#include "goodfit/parts/regularizers/testing.hpp"

namespace goodfit {

using Floats = std::vector<float>;

TEST(ProximalL1, TakesLrTimesLambdaOffAndStopsAtZero) {
  EXPECT_EQ(
      projected(ProximalL1{.lambda = 0.5}, {1, -1, 0.25f, -0.25f, 0.125f, -0.0625f, 0}, 1, 0.5),
      (Floats{0.75f, -0.75f, 0, 0, 0, 0, 0}));
}

TEST(ProximalL1, MakesZerosWithoutASign) {
  for (const float x : projected(ProximalL1{.lambda = 1}, {-0.5f, 0.5f, -1, 1}))
    EXPECT_FALSE(std::signbit(x)) << x;
}

TEST(ProximalL1, WithLambdaOrLrZeroDoesNothing) {
  EXPECT_EQ(projected(ProximalL1{.lambda = 0}, {1, -1e-6f}), (Floats{1, -1e-6f}));
  EXPECT_EQ(projected(ProximalL1{.lambda = 1}, {1, -1e-6f}, 1, 0), (Floats{1, -1e-6f}));
}

// min ½ (w − a)² + λ |w| is at sign a · max(|a| − λ, 0), whatever the lr: 0 where |a| ≤ λ.
TEST(ProximalL1, DescendsToTheSoftThresholdedSolution) {
  const Floats a{2, -0.75f, 0.4f, -0.5f}, wanted{1.5f, -0.25f, 0, 0};
  for (const double lr : {0.1, 0.5}) {
    Floats w(a.size(), 1);
    for (int step = 0; step < 400; ++step) {
      for (std::size_t i = 0; i < w.size(); ++i) w[i] -= float(lr) * (w[i] - a[i]);
      w = projected(ProximalL1{.lambda = 0.5}, w, 1, lr);
    }
    for (std::size_t i = 0; i < w.size(); ++i) EXPECT_NEAR(w[i], wanted[i], 1e-6);
    EXPECT_EQ(w[2], 0);
    EXPECT_EQ(w[3], 0);
  }
}

TEST(ProximalL1, SaysThatZerosAreWorthTelling) {
  EXPECT_TRUE(Regularizer(ProximalL1{}).makes_zeros());
  EXPECT_FALSE(Regularizer(ProximalL1{}).whole_rows());
}

}  // namespace goodfit
