#include "goodfit/study/lint/rules/strong_regularization.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(StrongRegularization, IsFoundWhenAllThreeAreStrong) {
  Recipe recipe = with_model({Dense{.out = 8}, BatchNorm{}, Relu{}, Dropout{.p = 0.5}});
  recipe.regularizers = {L2{.lambda = 1e-2}};
  expect_finding<StrongRegularization>(recipe, "layers.3 (dropout)", "l2 = 0.01");
  recipe.regularizers = {};
  recipe.optimizer = Lookahead{.optimizer = Sgd{.weight_decay = 0.01}};
  expect_finding<StrongRegularization>(recipe, "layers.3 (dropout)", "weight_decay = 0.01");
}

TEST(StrongRegularization, IsSilentWhenOneIsWeakOrLacks) {
  Recipe recipe = with_model({Dense{.out = 8}, BatchNorm{}, Relu{}, Dropout{.p = 0.5}});
  recipe.optimizer = AdamW{.weight_decay = 0.01};
  expect_silence<StrongRegularization>(recipe);
  recipe.regularizers = {L2{.lambda = 1e-2}};
  recipe.model = {Dense{.out = 8}, Relu{}, Dropout{.p = 0.5}};
  expect_silence<StrongRegularization>(recipe);
  recipe.model = {Dense{.out = 8}, BatchNorm{}, Relu{}, Dropout{.p = 0.1}};
  expect_silence<StrongRegularization>(recipe);
}

}  // namespace goodfit
