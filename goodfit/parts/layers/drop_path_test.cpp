#include "goodfit/parts/layers/drop_path.hpp"

#include "goodfit/parts/layers/residual.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(DropPath, DropsAShareOfTheSamplesWhole) {
  const Numbers y = Built({DropPath{.p = 0.3}}, {2, 3}, 1000).run(Numbers(6000, 1.0));
  Size dropped = 0;
  for (std::size_t n = 0; n < 1000; ++n) {
    dropped += y[n * 6] == 0;
    EXPECT_NEAR(y[n * 6], y[n * 6] == 0 ? 0 : 1 / 0.7, 1e-9);
    for (std::size_t i = 1; i < 6; ++i) ASSERT_EQ(y[n * 6 + i], y[n * 6]);
  }
  EXPECT_NEAR(double(dropped), 300, 4 * std::sqrt(1000 * 0.3 * 0.7));
}

TEST(DropPath, InAResidualLeavesTheWayPastTheBody) {
  const Numbers y = Built({Residual{{DropPath{.p = 0.5}}}}, {2}, 100).run(Numbers(200, 1.0));
  for (const double v : y) EXPECT_TRUE(v == 1 || v == 3) << v;
}

TEST(DropPath, RefusesToDropAll) {
  expect_error([] { Layer(DropPath{.p = 1}); }, "drop_path.p = 1 is not allowed");
}

}  // namespace goodfit
