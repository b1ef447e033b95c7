#include "goodfit/parts/layers/global_avg_pool.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(GlobalAvgPool, IsTheMeanOfEachChannel) {
  const Numbers x{1, 10, 2, 20, 3, 30, 6, 60};
  expect_numbers(outputs_of(GlobalAvgPool{}, {2, 2, 2}, x), {3, 30});
  expect_numbers(outputs_of(GlobalAvgPool{}, {4, 2}, x), {3, 30});
}

TEST(GlobalAvgPool, LeavesRowsAlone) {
  const Built net({GlobalAvgPool{}}, {5}, 2);
  EXPECT_EQ(net.y.id, net.x.id);
}

}  // namespace goodfit
