#include "goodfit/parts/layers/tanh.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Tanh, IsTheHyperbolicTangent) {
  expect_numbers(outputs_of(Tanh{}, {3}, {0, 0.5, -2}), {0, std::tanh(0.5), -std::tanh(2.0)});
}

TEST(Tanh, StandsFarValues) { expect_numbers(outputs_of(Tanh{}, {2}, {-1e30, 1e30}), {-1, 1}); }

TEST(Tanh, IsTheSameInAllModesAndHasNoNumbers) {
  const Numbers x{-1, 0.5, 2};
  for (const Mode mode : {Mode::evaluate, Mode::sample})
    EXPECT_EQ(outputs_of(Tanh{}, {3}, x, mode), outputs_of(Tanh{}, {3}, x));
  EXPECT_TRUE(Built({Tanh{}}, {3}, 1).store.tensors().empty());
}

TEST(Tanh, TellsTheLayersBefore) {
  EXPECT_EQ(Layer(Tanh{}).signal(), Signal::activation);
  EXPECT_EQ(Layer(Tanh{}).gain().value, tanh_gain.value);
}

}  // namespace goodfit
