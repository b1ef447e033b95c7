#include "goodfit/study/report/panels/coverage.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(CoveragePanel, OfClassesTellsSetsAndWhatLeavingOutGains) {
  const Panel panel = drawn<CoveragePanel>(three_clouds());
  const std::vector<const Setting*> charts = pieces(panel, "chart");
  ASSERT_EQ(charts.size(), 2u);
  const Setting& inside = at(at(*charts[0], "lines"), 0);
  ASSERT_EQ(size_of(at(inside, "x")), 7u);
  EXPECT_EQ(number(at(at(inside, "x"), 4)), 0.9);
  double last = 0;
  for (const Setting& share : *at(inside, "y").list()) {
    EXPECT_GE(number(share), last);
    last = number(share);
  }
  EXPECT_GT(last, 0.9);
  const Setting& kept = at(at(*charts[1], "lines"), 0);
  EXPECT_EQ(number(at(*at(kept, "x").list(), size_of(at(kept, "x")) - 1)), 1);
  const Setting& rows = at(*pieces(panel, "table").at(0), "rows");
  EXPECT_EQ(text(at(at(rows, 4), 0)), percent(0.9));
  expect_says(panel.reading, "of the surest half.");
}

TEST(CoveragePanel, OfNumbersComparesPassesWithTargets) {
  for (const bool tells_noise : {false, true}) {
    Recipe recipe = tells_noise ? line_recipe(GaussianNll{}, 2) : line_recipe();
    recipe.model.insert(recipe.model.begin(), {Dense{.out = 16}, Dropout{.p = 0.2}});
    const Panel panel = drawn<CoveragePanel>(of(recipe));
    EXPECT_EQ(pieces(panel, "chart").size(), 1u);
    expect_says(panel.reading, tells_noise ? "the noise that the model tells included"
                                           : "not the noise of the targets");
    const Setting& rows = at(*pieces(panel, "table").at(0), "rows");
    EXPECT_LT(std::stod(text(at(at(rows, 0), 2))), std::stod(text(at(at(rows, 6), 2))));
  }
}

TEST(CoveragePanel, IsSilentWithoutRandomnessScoresOrData) {
  EXPECT_FALSE(CoveragePanel::draw(of(line_recipe())));
  EXPECT_FALSE(CoveragePanel::draw(without_data()));
  Recipe recipe = clouds_recipe();
  recipe.loss = Hinge{};
  EXPECT_FALSE(CoveragePanel::draw(of(recipe)));
}

}  // namespace goodfit
