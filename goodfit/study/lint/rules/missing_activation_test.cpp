#include "goodfit/study/lint/rules/missing_activation.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(MissingActivation, IsFound) {
  expect_finding<MissingActivation>(
      with_model({Dense{.out = 8}, BatchNorm{}, Dropout{}, Dense{.out = 2}}), "layers.3 (dense)",
      "between it and layers.0 (dense)");
  expect_finding<MissingActivation>(
      with_model({Conv2d{.out = 8}, Flatten{}, Dense{.out = 99}, Relu{}, Dense{.out = 2}}),
      "layers.2 (dense)", "layers.0 (conv2d)");
  expect_finding<MissingActivation>(
      with_model({Relu{}, Residual{{Dense{.out = 8}, Dense{.out = 8}}}, Dense{.out = 2}}),
      "layers.1.body.1 (dense)", "layers.1.body.0");
}

TEST(MissingActivation, IsSilentWithOneAndWhereTwoAreMeant) {
  expect_silence<MissingActivation>(with_model({Dense{.out = 8}, Relu{}, Dense{.out = 2}}));
  expect_silence<MissingActivation>(with_model({Dense{.out = 8}, LayerNorm{}, Dense{.out = 2}}));
  expect_silence<MissingActivation>(
      with_model({Relu{}, Dense{.out = 4}, Dense{.out = 64}, Relu{}}));
  expect_silence<MissingActivation>(
      with_model({Conv2d{.out = 8, .groups = 8}, Conv2d{.out = 16, .kernel = 1}, Relu{}}));
  expect_silence<MissingActivation>(
      with_model({Conv2d{.out = 8, .kernel = {1, 3}}, Conv2d{.out = 8, .kernel = {3, 1}}, Relu{}}));
  expect_silence<MissingActivation>(
      with_model({Dense{.out = 8}, Residual{{Dense{.out = 8}, Relu{}}}, Dense{.out = 2}}));
}

}  // namespace goodfit
