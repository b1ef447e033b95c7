#include "goodfit/study/lint/rules/dropout_before_batch_norm.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(DropoutBeforeBatchNorm, IsFoundWithOnlyActivationsBetween) {
  expect_finding<DropoutBeforeBatchNorm>(
      with_model({Dense{.out = 8}, Dropout{.p = 0.3}, Relu{}, BatchNorm{}, Dense{.out = 2}}),
      "layers.1 (dropout)", "batch_norm at layers.3");
  expect_finding<DropoutBeforeBatchNorm>(
      with_model({Dense{.out = 8}, Residual{{Dropout{}, BatchNorm{}}}, Dense{.out = 2}}),
      "layers.1.body.0 (dropout)", "layers.1.body.1");
}

TEST(DropoutBeforeBatchNorm, IsSilentWhereWeightsStandBetweenOrNothingIsDropped) {
  expect_silence<DropoutBeforeBatchNorm>(
      with_model({BatchNorm{}, Relu{}, Dropout{}, Dense{.out = 8}, BatchNorm{}}));
  expect_silence<DropoutBeforeBatchNorm>(with_model({Dropout{.p = 0}, BatchNorm{}}));
  expect_silence<DropoutBeforeBatchNorm>(with_model({Dropout{}, LayerNorm{}, BatchNorm{}}));
}

}  // namespace goodfit
