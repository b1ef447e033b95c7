#include "goodfit/study/lint/rules/nll_without_log_softmax.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(NllWithoutLogSoftmax, IsFound) {
  Recipe recipe = with_model({Dense{.out = 10}, Softmax{}});
  recipe.loss = Nll{};
  expect_finding<NllWithoutLogSoftmax>(recipe, "layers.1 (softmax)", "no minimum");
}

TEST(NllWithoutLogSoftmax, IsSilentWithItAndForOtherLosses) {
  Recipe recipe = with_model({Dense{.out = 10}, LogSoftmax{}});
  recipe.loss = Nll{};
  expect_silence<NllWithoutLogSoftmax>(recipe);
  expect_silence<NllWithoutLogSoftmax>(with_model({Dense{.out = 10}}));
}

}  // namespace goodfit
