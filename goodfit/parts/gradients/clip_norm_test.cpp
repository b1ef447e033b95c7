#include "goodfit/parts/gradients/clip_norm.hpp"

#include "goodfit/parts/gradients/testing.hpp"

namespace goodfit {

TEST(ClipNorm, ShortensAllTensorsTogether) {
  // ‖(2, 3), (6)‖ = 7, the bound is half of it
  const auto found = ruled(ClipNorm{.max = 3.5}, {{{2}, {2, 3}}, {{1, 1}, {6}}});
  EXPECT_NEAR(found[0][0], 1, 1e-6);
  EXPECT_NEAR(found[0][1], 1.5, 1e-6);
  EXPECT_NEAR(found[1][0], 3, 1e-6);
}

TEST(ClipNorm, LeavesShortOnesAsTheyAre) {
  const auto found = ruled(ClipNorm{.max = 7.1}, {{{2}, {2, 3}}, {{1, 1}, {6}}});
  EXPECT_EQ(found[0], (std::vector<float>{2, 3}));
  EXPECT_EQ(ruled(ClipNorm{}, {{{2}, {0, 0}}})[0], (std::vector<float>{0, 0}));
}

TEST(ClipNorm, CountsEveryTileOfALongTensor) {
  const auto slopes = some_slopes();
  double squares = 0, clipped = 0;
  for (const Slope& slope : slopes)
    for (const float x : slope.numbers) squares += double(x) * x;
  for (const auto& numbers : ruled(ClipNorm{.max = 2}, slopes, 2))
    for (const float x : numbers) clipped += double(x) * x;
  EXPECT_GT(squares, 9000);
  EXPECT_NEAR(std::sqrt(clipped), 2, 1e-5);
}

}  // namespace goodfit
