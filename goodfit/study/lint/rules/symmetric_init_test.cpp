#include "goodfit/study/lint/rules/symmetric_init.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(SymmetricInit, IsFoundInHiddenLayers) {
  for (const Initializer& init :
       {Initializer(Zeros{}), Initializer(Ones{}), Initializer(Constant{.value = 0.1})})
    expect_finding<SymmetricInit>(
        with_model({Dense{.out = 8, .init = init}, Relu{}, Dense{.out = 2}}), "layers.0 (dense)",
        std::string(init.key()));
}

TEST(SymmetricInit, IsFoundWhereTheRecipeSaysItForAll) {
  Recipe recipe = with_model({Dense{.out = 8}, Relu{}, Dense{.out = 2}});
  recipe.init = Zeros{};
  expect_finding<SymmetricInit>(recipe, "layers.0 (dense)", "init = zeros");
}

TEST(SymmetricInit, IsSilentForTheLastWeightsAndForBiases) {
  expect_silence<SymmetricInit>(
      with_model({Dense{.out = 8}, Relu{}, Dense{.out = 2, .init = Zeros{}}}));
  expect_silence<SymmetricInit>(
      with_model({Residual{{Relu{}, Dense{.out = 8, .init = Zeros{}}}}, Dense{.out = 2}}));
  expect_silence<SymmetricInit>(
      with_model({Dense{.out = 8, .bias_init = Ones{}}, Relu{}, Dense{.out = 2}}));
  expect_silence<SymmetricInit>(
      with_model({Dense{.out = 8, .init = Identity{}}, Relu{}, Dense{.out = 2}}));
}

}  // namespace goodfit
