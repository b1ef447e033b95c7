#include "goodfit/study/report/panels/findings.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(FindingsPanel, ShowsWhatCheckWouldSay) {
  Recipe recipe = clouds_recipe();
  recipe.shuffle = false;
  const Panel panel = drawn<FindingsPanel>(of(recipe));
  const Setting& row = at(at(*pieces(panel, "table").at(0), "rows"), 0);
  EXPECT_EQ(text(at(row, 0)), "shuffle");
  EXPECT_EQ(text(at(row, 3)), "no_shuffle");
}

TEST(FindingsPanel, SaysSoWhenThereAreNone) {
  Recipe recipe = line_recipe();
  recipe.lr = 0.005;
  const Panel panel = drawn<FindingsPanel>(of(recipe));
  expect_says(panel.reading, "nothing to say");
  EXPECT_TRUE(panel.shown.empty());
}

}  // namespace goodfit
