#include "goodfit/parts/regularizers/max_norm.hpp"

#include "goodfit/base/random.hpp"
#include "goodfit/parts/regularizers/testing.hpp"

namespace goodfit {
namespace {

double length(const std::vector<float>& w, std::size_t row, std::size_t width) {
  double squares = 0;
  for (std::size_t i = row * width; i < (row + 1) * width; ++i)
    squares += double(w[i]) * double(w[i]);
  return std::sqrt(squares);
}

}  // namespace

TEST(MaxNorm, ScalesRowsThatAreLongerAndNoOther) {
  const std::vector<float> w{3, 4, 0.5f, -0.5f, 0, -2, 0, 0},
      wanted{0.6f, 0.8f, 0.5f, -0.5f, 0, -1, 0, 0};
  const auto found = projected(MaxNorm{.max = 1}, w, 4);
  for (std::size_t i = 0; i < w.size(); ++i) EXPECT_NEAR(found[i], wanted[i], 1e-6) << i;
  EXPECT_EQ(found[2], 0.5f);
}

TEST(MaxNorm, LeavesNoRowLongerAndDoesNothingMoreASecondTime) {
  Random random(1, 1);
  std::vector<float> w;
  for (int i = 0; i < 200 * 33; ++i) w.push_back(float(random.normal()));
  for (const double max : {0.1, 1.0, 5.7, 7.3}) {
    const auto once = projected(MaxNorm{.max = max}, w, 200);
    for (std::size_t row = 0; row < 200; ++row) {
      EXPECT_LE(length(once, row, 33), max);
      EXPECT_NEAR(length(once, row, 33), std::min(max, length(w, row, 33)), 1e-6 * max);
    }
    EXPECT_EQ(projected(MaxNorm{.max = max}, once, 200), once);
  }
}

TEST(MaxNorm, DoesNotAskForTheLr) {
  EXPECT_EQ(projected(MaxNorm{.max = 1}, {3, 4}, 1, 0), projected(MaxNorm{.max = 1}, {3, 4}, 1, 9));
  EXPECT_TRUE(Regularizer(MaxNorm{}).whole_rows());
  EXPECT_FALSE(Regularizer(MaxNorm{}).makes_zeros());
}

}  // namespace goodfit
