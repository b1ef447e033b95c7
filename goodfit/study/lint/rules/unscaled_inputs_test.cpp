#include "goodfit/study/lint/rules/unscaled_inputs.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(UnscaledInputs, IsFoundInTheData) {
  const Samples large{.shape = {2}, .features = {0, 255, 128, 7}, .targets = {0, 1}};
  const Portion train = whole(large);
  expect_finding<UnscaledInputs>(with_model({Flatten{}, Dense{.out = 2}}), "layers.1 (dense)",
                                 "size 143 instead of 1", &train);
}

TEST(UnscaledInputs, FeaturesOfVeryDifferentScaleAreFound) {
  const Samples mixed{.shape = {3}, .features = {0, 0, 0, 2, 0.1f, 0.1f}, .targets = {0, 1}};
  const Portion train = whole(mixed);
  expect_finding<UnscaledInputs>(with_model({Dense{.out = 2}}), "layers.0 (dense)",
                                 "over a range of 2, half of them over less than 0.1", &train);
}

TEST(UnscaledInputs, IsSilentWhenNormalizedUnknownOrFine) {
  const Samples large{.shape = {2}, .features = {0, 255, 128, 7}, .targets = {0, 1}};
  const Portion train = whole(large);
  expect_silence<UnscaledInputs>(with_model({Standardize{}, Dense{.out = 2}}), &train);
  expect_silence<UnscaledInputs>(with_model({BatchNorm{}, Dense{.out = 2}}), &train);
  expect_silence<UnscaledInputs>(with_model({Dense{.out = 2}}));
  const Samples fine{.shape = {2}, .features = {0, 1, -1, 0.5f}, .targets = {0, 1}};
  const Portion good = whole(fine);
  expect_silence<UnscaledInputs>(with_model({Dense{.out = 2}}), &good);
}

}  // namespace goodfit
