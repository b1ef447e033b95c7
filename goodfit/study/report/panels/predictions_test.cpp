#include "goodfit/study/report/panels/predictions.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(PredictionsPanel, IsSaidAgainstIs) {
  const Views runs = of(line_recipe());
  const Panel panel = drawn<PredictionsPanel>(runs);
  const Setting& line = at(at(*pieces(panel, "chart").at(0), "lines"), 0);
  ASSERT_EQ(size_of(at(line, "x")), 40u);
  const RunView::Judged& judged = *runs[0].judged();
  for (std::size_t i = 0; i < 40; ++i) {
    EXPECT_NEAR(number(at(at(line, "x"), i)), judged.targets[i], 1e-4);
    EXPECT_NEAR(number(at(at(line, "y"), i)), judged.outputs[i], 1e-4);
  }
  expect_says(panel.reading, "on average");
}

TEST(PredictionsPanel, IsSilentOnClasses) { EXPECT_FALSE(PredictionsPanel::draw(three_clouds())); }

}  // namespace goodfit
