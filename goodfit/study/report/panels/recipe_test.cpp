#include "goodfit/study/report/panels/recipe.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(RecipePanel, IsTheTomlOfWhatDiffers) {
  const Panel panel = drawn<RecipePanel>(without_data());
  const std::string toml = text(at(*pieces(panel, "verbatim").at(0), "text"));
  EXPECT_EQ(toml, recipe_toml(without_data()[0].recipe(), Which::changed));
  expect_says(toml, "batch = 32");
}

}  // namespace goodfit
