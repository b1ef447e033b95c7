#include "goodfit/study/lint/rules/stop_without_validation.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(StopWithoutValidation, IsFound) {
  Recipe recipe;
  recipe.stop.patience = 5;
  recipe.split.validation = 0;
  expect_finding<StopWithoutValidation>(recipe, "stop", "never stops");
  recipe.stop = {.target = 0.1};
  expect_finding<StopWithoutValidation>(recipe, "stop", "never stops");
}

TEST(StopWithoutValidation, IsSilentWithSamplesOrWithoutPatience) {
  Recipe recipe;
  recipe.stop.patience = 5;
  expect_silence<StopWithoutValidation>(recipe);
  recipe.split.validation = 0;
  recipe.stop = {.seconds = 60};
  expect_silence<StopWithoutValidation>(recipe);
}

}  // namespace goodfit
