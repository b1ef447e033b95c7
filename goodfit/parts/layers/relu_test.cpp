#include "goodfit/parts/layers/relu.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Relu, IsZeroBelowZeroAndTheIdentityAbove) {
  expect_numbers(outputs_of(Relu{}, {4}, {-2, 0, 0.5, 3}), {0, 0, 0.5, 3});
}

TEST(Relu, StandsFarValues) { expect_numbers(outputs_of(Relu{}, {2}, {-1e30, 1e30}), {0, 1e30}); }

TEST(Relu, IsTheSameInAllModesAndHasNoNumbers) {
  const Numbers x{-1, 0.5, 2};
  for (const Mode mode : {Mode::evaluate, Mode::sample})
    EXPECT_EQ(outputs_of(Relu{}, {3}, x, mode), outputs_of(Relu{}, {3}, x));
  EXPECT_TRUE(Built({Relu{}}, {3}, 1).store.tensors().empty());
}

TEST(Relu, TellsTheLayersBefore) {
  EXPECT_EQ(Layer(Relu{}).signal(), Signal::activation);
  EXPECT_EQ(Layer(Relu{}).gain().value, relu_gain.value);
}

}  // namespace goodfit
