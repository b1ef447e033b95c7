#include "goodfit/study/lint/rules/linear_sigmoid.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(LinearSigmoid, IsFound) {
  expect_finding<LinearSigmoid>(
      with_model({Dense{.out = 8}, BatchNorm{.affine = false}, Sigmoid{}, Dense{.out = 2}}),
      "layers.1 (batch_norm)", "keeps the sigmoid");
  expect_finding<LinearSigmoid>(with_model({LayerNorm{.affine = false}, Dropout{}, Tanh{}}),
                                "layers.0 (layer_norm)", "keeps the tanh");
}

TEST(LinearSigmoid, IsSilentWithAffineAndBeforeOthers) {
  expect_silence<LinearSigmoid>(with_model({BatchNorm{}, Sigmoid{}}));
  expect_silence<LinearSigmoid>(with_model({BatchNorm{.affine = false}, Relu{}}));
  expect_silence<LinearSigmoid>(with_model({BatchNorm{.affine = false}, Dense{.out = 2}, Tanh{}}));
}

}  // namespace goodfit
