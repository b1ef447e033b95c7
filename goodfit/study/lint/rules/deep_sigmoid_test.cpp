#include "goodfit/study/lint/rules/deep_sigmoid.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(DeepSigmoid, IsFoundFromFiveOn) {
  std::vector<Layer> model;
  for (int i = 0; i < 7; ++i) model.insert(model.end(), {Dense{.out = 8}, Sigmoid{}});
  expect_finding<DeepSigmoid>(with_model(model), "layers.1 (sigmoid)", "quarter of the gradient");
}

TEST(DeepSigmoid, IsSilentForFourAndWithNorms) {
  std::vector<Layer> few, normalized;
  for (int i = 0; i < 4; ++i) few.insert(few.end(), {Dense{.out = 8}, Sigmoid{}});
  for (int i = 0; i < 9; ++i)
    normalized.insert(normalized.end(), {Dense{.out = 8}, BatchNorm{}, Sigmoid{}});
  expect_silence<DeepSigmoid>(with_model(few));
  expect_silence<DeepSigmoid>(with_model(normalized));
}

}  // namespace goodfit
