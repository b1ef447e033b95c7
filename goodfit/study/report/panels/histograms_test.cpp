#include "goodfit/study/report/panels/histograms.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(HistogramsPanel, AreDensitiesOfTheFirstAndTheLastProbe) {
  Views runs = two_runs();
  runs.pop_back();
  const Panel panel = drawn<HistogramsPanel>(runs);
  const auto charts = pieces(panel, "chart");
  ASSERT_EQ(charts.size(), 9u);
  for (const Setting* chart : charts) {
    const Setting& line = at(at(*chart, "lines"), 1);
    const Setting &x = at(line, "x"), &y = at(line, "y");
    double area = 0;
    for (std::size_t i = 0; i + 1 < size_of(x); ++i)
      area += number(at(y, i)) * (number(at(x, i + 1)) - number(at(x, i)));
    EXPECT_NEAR(area, 1, 1e-3);
  }
  expect_says(panel.reading, "Gray after epoch 1, blue after epoch 4");
}

TEST(HistogramsPanel, IsSilentWithoutProbes) {
  EXPECT_FALSE(HistogramsPanel::draw(three_clouds()));
}

}  // namespace goodfit
