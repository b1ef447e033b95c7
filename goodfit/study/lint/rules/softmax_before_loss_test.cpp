#include "goodfit/study/lint/rules/softmax_before_loss.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(SoftmaxBeforeLoss, IsFound) {
  Recipe recipe = with_model({Dense{.out = 10}, Softmax{}});
  expect_finding<SoftmaxBeforeLoss>(recipe, "layers.1 (softmax)", "cannot fall below 1.461");
  recipe.loss = Focal{};
  expect_finding<SoftmaxBeforeLoss>(recipe, "layers.1 (softmax)", "focal takes logits");
  recipe.model = {Dense{.out = 10}, LogSoftmax{}};
  expect_finding<SoftmaxBeforeLoss>(recipe, "layers.1 (log_softmax)", "changes nothing");
}

TEST(SoftmaxBeforeLoss, TheBoundIsTheLossOfACertainAnswer) {
  EXPECT_NEAR(std::log(1 + 9 / std::exp(1.0)), 1.461, 5e-4);
}

TEST(SoftmaxBeforeLoss, IsSilentWhereItBelongs) {
  expect_silence<SoftmaxBeforeLoss>(with_model({Dense{.out = 10}}));
  expect_silence<SoftmaxBeforeLoss>({});
  Recipe recipe = with_model({Dense{.out = 10}, LogSoftmax{}});
  recipe.loss = Nll{};
  expect_silence<SoftmaxBeforeLoss>(recipe);
  recipe = with_model({Dense{.out = 3}, Softmax{}});
  recipe.loss = Mse{};
  expect_silence<SoftmaxBeforeLoss>(recipe);
}

}  // namespace goodfit
