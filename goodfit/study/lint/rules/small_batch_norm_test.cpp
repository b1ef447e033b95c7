#include "goodfit/study/lint/rules/small_batch_norm.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(SmallBatchNorm, IsFoundBelowSixteen) {
  Recipe recipe = with_model({Dense{.out = 8}, Residual{{BatchNorm{}}}, Dense{.out = 2}});
  recipe.batch = 15;
  expect_finding<SmallBatchNorm>(recipe, "layers.1.body.0 (batch_norm)", "batch = 15");
}

TEST(SmallBatchNorm, IsSilentAtSixteenAndWithoutBatchNorm) {
  Recipe recipe = with_model({Dense{.out = 8}, BatchNorm{}, Dense{.out = 2}});
  recipe.batch = 16;
  expect_silence<SmallBatchNorm>(recipe);
  recipe = with_model({Dense{.out = 8}, LayerNorm{}, Dense{.out = 2}});
  recipe.batch = 4;
  expect_silence<SmallBatchNorm>(recipe);
}

}  // namespace goodfit
