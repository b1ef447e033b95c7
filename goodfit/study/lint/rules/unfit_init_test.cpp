#include "goodfit/study/lint/rules/unfit_init.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(UnfitInit, XavierBeforeReluIsFound) {
  const Layer dense = Dense{.out = 8, .init = XavierNormal{}};
  expect_finding<UnfitInit>(with_model({dense, Relu{}, dense, Dropout{}, Relu{}, dense}),
                            "layers.0 (dense)", "in 2 layers: its variance falls to about 1/4");
}

TEST(UnfitInit, HeBeforeTanhIsFound) {
  const Layer dense = Dense{.out = 8, .init = HeUniform{}};
  expect_finding<UnfitInit>(with_model({dense, Tanh{}, dense, Tanh{}, dense}), "layers.0 (dense)",
                            "he before activations that saturate");
}

TEST(UnfitInit, IsSilentWhereTheyFitOrANormMakesUpForIt) {
  const Layer xavier = Dense{.out = 8, .init = XavierNormal{}};
  const Layer strong = Dense{.out = 8, .init = XavierNormal{.gain = 1.4142}};
  const Layer he = Dense{.out = 8, .init = HeNormal{}};
  expect_silence<UnfitInit>(with_model({xavier, Tanh{}, xavier, Tanh{}, xavier}));
  expect_silence<UnfitInit>(with_model({he, Relu{}, he, Relu{}, he}));
  expect_silence<UnfitInit>(with_model({strong, Relu{}, strong, Relu{}, strong}));
  expect_silence<UnfitInit>(
      with_model({xavier, BatchNorm{}, Relu{}, xavier, Relu{}, BatchNorm{}, xavier}));
  expect_silence<UnfitInit>(with_model({xavier, Relu{}, xavier}));
}

}  // namespace goodfit
