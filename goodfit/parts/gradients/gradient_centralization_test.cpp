#include "goodfit/parts/gradients/gradient_centralization.hpp"

#include "goodfit/parts/gradients/testing.hpp"

namespace goodfit {

TEST(GradientCentralization, TakesTheMeanFromEachUnitAndLeavesVectorsAlone) {
  const auto found =
      ruled(GradientCentralization{}, {{{2, 2, 2}, {1, 2, 3, 6, 8, 8, 8, 8}}, {{2}, {1, 3}}});
  EXPECT_EQ(found[0], (std::vector<float>{-2, -1, 0, 3, 0, 0, 0, 0}));
  EXPECT_EQ(found[1], (std::vector<float>{1, 3}));
}

TEST(GradientCentralization, SumsOfUnitsAreZeroInLongTensorsToo) {
  const auto found = ruled(GradientCentralization{}, some_slopes(), 2)[2];
  const auto before = some_slopes()[2].numbers;
  for (std::size_t unit = 0; unit < 131; ++unit) {
    const std::size_t first = unit * 150;
    double sum = 0;
    for (std::size_t i = first; i < first + 150; ++i) {
      sum += double(found[i]);
      EXPECT_NEAR(found[i] - found[first], before[i] - before[first], 1e-6) << "all move alike";
    }
    EXPECT_NEAR(sum, 0, 1e-4) << unit;
  }
}

}  // namespace goodfit
