#include "goodfit/study/report/panels/lr.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(LrPanel, IsWhatWasUsed) {
  const Panel panel = drawn<LrPanel>(three_clouds());
  const Setting& y = at(at(at(*pieces(panel, "chart").at(0), "lines"), 0), "y");
  ASSERT_EQ(size_of(y), 4u);
  EXPECT_GT(number(at(y, 0)), number(at(y, 2)));
  EXPECT_NEAR(number(at(y, 0)), three_clouds()[0].history()[0].lr, 1e-6);
  expect_says(panel.reading, "cosine");
}

}  // namespace goodfit
