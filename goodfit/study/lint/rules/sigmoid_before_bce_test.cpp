#include "goodfit/study/lint/rules/sigmoid_before_bce.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(SigmoidBeforeBce, IsFound) {
  Recipe recipe = with_model({Dense{.out = 1}, Sigmoid{}});
  recipe.loss = Bce{};
  expect_finding<SigmoidBeforeBce>(recipe, "layers.1 (sigmoid)", "below 0.693");
}

TEST(SigmoidBeforeBce, IsSilentInsideAndForOtherLosses) {
  Recipe recipe = with_model({Dense{.out = 3}, Sigmoid{}, Dense{.out = 1}});
  recipe.loss = Bce{};
  expect_silence<SigmoidBeforeBce>(recipe);
  recipe = with_model({Dense{.out = 1}, Sigmoid{}});
  recipe.loss = Mse{};
  expect_silence<SigmoidBeforeBce>(recipe);
}

}  // namespace goodfit
