#include "goodfit/study/lint/rules/plateau_outlasts_stop.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(PlateauOutlastsStop, IsFound) {
  Recipe recipe;
  recipe.stop.patience = 5;
  recipe.lr = ReduceOnPlateau{.patience = 4};
  expect_finding<PlateauOutlastsStop>(recipe, "stop", "after 5 bad epochs");
}

TEST(PlateauOutlastsStop, IsSilentWhenStoppingWaitsLonger) {
  Recipe recipe;
  recipe.stop.patience = 6;
  recipe.lr = ReduceOnPlateau{.patience = 4};
  expect_silence<PlateauOutlastsStop>(recipe);
  recipe.stop.patience = 0;
  expect_silence<PlateauOutlastsStop>(recipe);
  recipe.stop.patience = 1;
  recipe.lr = 0.001;
  expect_silence<PlateauOutlastsStop>(recipe);
}

}  // namespace goodfit
