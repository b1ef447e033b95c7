#include "goodfit/study/report/panels/loss.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(LossPanel, HasAPointForEachEpochAndMarksTheBest) {
  const Panel panel = drawn<LossPanel>(three_clouds());
  const Setting& lines = at(*pieces(panel, "chart").at(0), "lines");
  ASSERT_EQ(size_of(lines), 3u);
  const auto& history = three_clouds()[0].history();
  EXPECT_EQ(text(at(at(lines, 0), "name")), "training");
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(number(at(at(at(lines, 0), "x"), i)), double(i + 1));
    EXPECT_NEAR(number(at(at(at(lines, 0), "y"), i)), history[i].train_loss, 1e-5);
    EXPECT_NEAR(number(at(at(at(lines, 1), "y"), i)), history[i].validation[0].second, 1e-5);
  }
  EXPECT_EQ(number(at(at(at(lines, 2), "x"), 0)), double(three_clouds()[0].run().best_epoch));
}

TEST(LossPanel, WithoutValidationThereIsOnlyTraining) {
  Recipe recipe = clouds_recipe();
  recipe.split.validation = 0;
  const Panel panel = drawn<LossPanel>(of(recipe));
  EXPECT_EQ(size_of(at(*pieces(panel, "chart").at(0), "lines")), 1u);
  expect_says(panel.reading, "Nothing was held out");
}

TEST(LossPanel, RunsLieOverEachOtherInTheirOwnColors) {
  const Panel panel = drawn<LossPanel>(two_runs());
  const Setting& lines = at(*pieces(panel, "chart").at(0), "lines");
  ASSERT_EQ(size_of(lines), 6u);
  EXPECT_EQ(text(at(at(lines, 3), "name")), "second training");
  EXPECT_EQ(text(at(at(lines, 3), "look")), "dashed");
  EXPECT_EQ(number(at(at(lines, 3), "color")), 1);
}

}  // namespace goodfit
