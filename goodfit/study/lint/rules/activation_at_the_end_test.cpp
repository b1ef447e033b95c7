#include "goodfit/study/lint/rules/activation_at_the_end.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(ActivationAtTheEnd, IsFound) {
  expect_finding<ActivationAtTheEnd>(with_model({Dense{.out = 10}, Relu{}}), "layers.1 (relu)",
                                     "any number");
  expect_finding<ActivationAtTheEnd>(with_model({Dense{.out = 10}, Tanh{}}), "layers.1 (tanh)",
                                     "cross_entropy wants");
  EXPECT_NEAR(std::exp(1.0) / (std::exp(1.0) + 9 * std::exp(-1.0)), 0.451, 5e-4);
}

TEST(ActivationAtTheEnd, IsSilentForNumbersAndWithoutOne) {
  expect_silence<ActivationAtTheEnd>(with_model({Dense{.out = 8}, Relu{}, Dense{.out = 2}}));
  expect_silence<ActivationAtTheEnd>(with_model({Dense{.out = 8}, IdentityLayer{}}));
  Recipe recipe = with_model({Dense{.out = 1}, Relu{}});
  recipe.loss = Mse{};
  expect_silence<ActivationAtTheEnd>(recipe);
}

}  // namespace goodfit
