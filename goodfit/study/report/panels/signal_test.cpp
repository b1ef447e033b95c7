#include "goodfit/study/report/panels/signal.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(SignalPanel, HasALineForEachLayerWithWeightsAndAPointForEachProbe) {
  Views runs = two_runs();
  runs.pop_back();
  const Panel panel = drawn<SignalPanel>(runs);
  const auto charts = pieces(panel, "chart");
  ASSERT_EQ(charts.size(), 4u);
  EXPECT_EQ(text(at(*charts[2], "title")), "Update of a step");
  const Setting& lines = at(*charts[2], "lines");
  ASSERT_EQ(size_of(lines), 3u);  // dense, batch_norm, dense
  EXPECT_EQ(text(at(at(lines, 0), "name")), "layers.1 dense");
  ASSERT_EQ(size_of(at(at(lines, 0), "x")), 4u);  // epochs 1, 2, 3, 4
  const double update = number(at(at(at(lines, 0), "y"), 0));
  EXPECT_GT(update, 1e-4);
  EXPECT_LT(update, 1);
  expect_says(panel.reading, "Measured on 32 training samples");
}

TEST(SignalPanel, IsSilentWithoutProbes) { EXPECT_FALSE(SignalPanel::draw(three_clouds())); }

}  // namespace goodfit
