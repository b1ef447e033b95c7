#include "goodfit/study/report/panels/gap.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(GapPanel, IsValidationLessTraining) {
  const Panel panel = drawn<GapPanel>(three_clouds());
  const Setting& y = at(at(at(*pieces(panel, "chart").at(0), "lines"), 0), "y");
  const EpochReport& second = three_clouds()[0].history()[1];
  EXPECT_NEAR(number(at(y, 1)), second.validation[0].second - second.train_loss, 1e-5);
  expect_says(panel.reading, "at the best epoch and ");
}

TEST(GapPanel, IsSilentWithoutValidation) {
  Recipe recipe = clouds_recipe();
  recipe.split.validation = 0;
  EXPECT_FALSE(GapPanel::draw(of(recipe)));
}

}  // namespace goodfit
