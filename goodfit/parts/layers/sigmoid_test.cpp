#include "goodfit/parts/layers/sigmoid.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Sigmoid, IsOneHalfAtZeroAndOddAroundIt) {
  const double e = std::exp(-2.0);
  expect_numbers(outputs_of(Sigmoid{}, {3}, {0, 2, -2}), {0.5, 1 / (1 + e), e / (1 + e)});
}

TEST(Sigmoid, StandsFarValues) {
  expect_numbers(outputs_of(Sigmoid{}, {2}, {-1e30, 1e30}), {0, 1});
}

TEST(Sigmoid, IsTheSameInAllModesAndHasNoNumbers) {
  const Numbers x{-1, 0.5, 2};
  for (const Mode mode : {Mode::evaluate, Mode::sample})
    EXPECT_EQ(outputs_of(Sigmoid{}, {3}, x, mode), outputs_of(Sigmoid{}, {3}, x));
  EXPECT_TRUE(Built({Sigmoid{}}, {3}, 1).store.tensors().empty());
}

TEST(Sigmoid, TellsTheLayersBefore) {
  EXPECT_EQ(Layer(Sigmoid{}).signal(), Signal::activation);
  EXPECT_EQ(Layer(Sigmoid{}).gain().value, sigmoid_gain.value);
}

}  // namespace goodfit
