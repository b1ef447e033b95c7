#include "goodfit/parts/layers/flatten.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Flatten, MakesOneRowOfEachSample) {
  Built net({Flatten{}}, {2, 3}, 2);
  EXPECT_EQ(net.y.shape(), Shape({2, 6}));
  const Numbers x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  EXPECT_EQ(net.run(x), x);
}

TEST(Flatten, LeavesRowsAlone) {
  const Built net({Flatten{}}, {5}, 2);
  EXPECT_EQ(net.y.id, net.x.id);
}

TEST(Flatten, TakesMoreAxes) {
  EXPECT_EQ(Built({Flatten{}}, {4, 3, 2}, 7).y.shape(), Shape({7, 24}));
}

}  // namespace goodfit
