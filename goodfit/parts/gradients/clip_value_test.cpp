#include "goodfit/parts/gradients/clip_value.hpp"

#include "goodfit/parts/gradients/testing.hpp"

namespace goodfit {

TEST(ClipValue, BoundsEachNumberFromBothSides) {
  const auto found = ruled(ClipValue{.max = 2}, {{{5}, {1, -1.5, 3, -2.5, 2}}, {{1}, {-7}}});
  EXPECT_EQ(found[0], (std::vector<float>{1, -1.5, 2, -2, 2}));
  EXPECT_EQ(found[1], std::vector<float>{-2});
}

TEST(ClipValue, DoesNotHideWhatIsNoNumber) {
  EXPECT_TRUE(std::isnan(ruled(ClipValue{}, {{{1}, {std::nanf("")}}})[0][0]));
}

}  // namespace goodfit
