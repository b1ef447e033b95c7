#include "goodfit/parts/transforms/cutout.hpp"

#include "goodfit/parts/transforms/testing.hpp"

namespace goodfit {

TEST(Cutout, BlackensOneSquareThatMayStickOut) {
  Random random(3, 1);
  bool whole = false, cut = false;
  for (int i = 0; i < 200; ++i) {
    TestBatch batch = counting({5, 6, 2}, 1);
    Cutout{.size = 3}.apply(batch.view(), random);
    Size top = 5, bottom = -1, left = 6, right = -1, black = 0;
    for (Size y = 0; y < 5; ++y)
      for (Size x = 0; x < 6; ++x) {
        const float* pixel = batch.features.data() + (y * 6 + x) * 2;
        ASSERT_EQ(pixel[0] == 0, pixel[1] == 0);
        if (pixel[0] != 0) continue;
        ++black;
        top = std::min(top, y), bottom = std::max(bottom, y);
        left = std::min(left, x), right = std::max(right, x);
      }
    ASSERT_GE(black, 4);
    ASSERT_EQ(black, (bottom - top + 1) * (right - left + 1));
    ASSERT_LE(std::max(bottom - top, right - left), 2);
    whole = whole || black == 9;
    cut = cut || black < 9;
  }
  EXPECT_TRUE(whole && cut);
}

}  // namespace goodfit
