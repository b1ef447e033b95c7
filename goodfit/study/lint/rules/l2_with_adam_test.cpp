#include "goodfit/study/lint/rules/l2_with_adam.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(L2WithAdam, IsFound) {
  Recipe recipe;
  recipe.optimizer = Adam{};
  recipe.regularizers = {L1{}, L2{.lambda = 1e-4}};
  expect_finding<L2WithAdam>(recipe, "regularizers.1 (l2)", "adam divides its gradient");
  recipe.regularizers = {};
  recipe.optimizer = Lookahead{.optimizer = Nadam{.weight_decay = 0.01}};
  expect_finding<L2WithAdam>(recipe, "optimizer (nadam)", "through the root");
}

TEST(L2WithAdam, IsSilentForSgdAndDecoupledDecay) {
  Recipe recipe;
  recipe.optimizer = Sgd{.weight_decay = 1e-4};
  recipe.regularizers = {L2{}};
  expect_silence<L2WithAdam>(recipe);
  recipe.regularizers = {};
  recipe.optimizer = AdamW{.weight_decay = 0.1};
  expect_silence<L2WithAdam>(recipe);
  recipe.optimizer = Adam{};
  expect_silence<L2WithAdam>(recipe);
}

}  // namespace goodfit
