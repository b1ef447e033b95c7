#include "goodfit/study/lint/rules/output_range.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(OutputRange, IsFoundWhenTargetsLieOutside) {
  Samples samples{.shape = {1}, .features = {1, 2}, .targets = {0.5f, 3}};
  const Portion train = whole(samples);
  Recipe recipe = with_model({Dense{.out = 1}, Sigmoid{}});
  recipe.loss = Mse{};
  expect_finding<OutputRange>(recipe, "layers.1 (sigmoid)", "0 … 1, but targets lie in 0.5 … 3",
                              &train);
  recipe.model = {Dense{.out = 1}, Relu{}};
  expect_silence<OutputRange>(recipe, &train);
  samples.targets = {-1, 3};
  expect_finding<OutputRange>(recipe, "layers.1 (relu)", "-1 … 3", &train);
}

TEST(OutputRange, IsSilentWithoutDataAndForFreeOutputs) {
  const Samples samples{.shape = {1}, .features = {1, 2}, .targets = {-5, 3}};
  const Portion train = whole(samples);
  Recipe recipe = with_model({Dense{.out = 1}, Sigmoid{}});
  recipe.loss = Mse{};
  expect_silence<OutputRange>(recipe);
  recipe.model = {Sigmoid{}, Dense{.out = 1}};
  expect_silence<OutputRange>(recipe, &train);
  recipe.model = {Dense{.out = 1}, LeakyRelu{}};
  expect_silence<OutputRange>(recipe, &train);
}

}  // namespace goodfit
