#include "goodfit/study/report/panels/metrics.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(MetricsPanel, HasAChartForEachMetric) {
  Recipe recipe = clouds_recipe();
  recipe.metrics = {Accuracy{}, Brier{}};
  const Panel panel = drawn<MetricsPanel>(of(recipe));
  ASSERT_EQ(pieces(panel, "chart").size(), 2u);
  EXPECT_EQ(text(at(*pieces(panel, "chart")[1], "title")), "brier");
  expect_says(panel.reading, "accuracy 0.");
}

TEST(MetricsPanel, IsSilentWithoutValidation) {
  Recipe recipe = clouds_recipe();
  recipe.split.validation = 0;
  EXPECT_FALSE(MetricsPanel::draw(of(recipe)));
}

}  // namespace goodfit
