#include "goodfit/parts/transforms/partners.hpp"

#include "goodfit/parts/transforms/testing.hpp"

namespace goodfit {

// Beta(α, α) has the mean ½ and the variance 1 / (4 (2 α + 1)).
TEST(Partners, BetaHasItsMeanAndVariance) {
  for (const double alpha : {0.2, 1.0, 4.0}) {
    Random random(11, 1);
    double sum = 0, squares = 0;
    constexpr int count = 40000;
    for (int i = 0; i < count; ++i) {
      const double x = beta_draw(alpha, random);
      ASSERT_TRUE(x >= 0 && x <= 1) << x;
      sum += x - 0.5;
      squares += (x - 0.5) * (x - 0.5);
    }
    const double variance = 1 / (4 * (2 * alpha + 1));
    EXPECT_NEAR(sum / count, 0, 4 * std::sqrt(variance / count)) << alpha;
    EXPECT_NEAR(squares / count / variance, 1, 0.03) << alpha;
  }
}

TEST(Partners, TinyAlphaGivesOneEndOrTheOther) {
  Random random(2, 1);
  int ones = 0;
  for (int i = 0; i < 1000; ++i) {
    const double x = beta_draw(1e-5, random);
    ASSERT_TRUE(x < 1e-3 || x > 1 - 1e-3) << x;
    ones += x > 0.5;
  }
  EXPECT_NEAR(ones, 500, 70);
}

TEST(Partners, AllMeetSomebodyAsFarAwayAndAsItWas) {
  TestBatch batch = counting({2}, 5);
  Random random(4, 1);
  std::vector<float> met;
  each_pair(batch.view(), random, [&](Span row, ConstSpan other, Span goal, ConstSpan other_goal) {
    met.push_back(other_goal[0]);
    EXPECT_EQ(other[0], 2 * other_goal[0] + 1);
    row[0] = row[1] = goal[0] = -1;
  });
  ASSERT_EQ(met.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(met[i], float((std::size_t(met[0]) + i) % 5));
}

}  // namespace goodfit
