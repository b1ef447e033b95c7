#include "goodfit/parts/layers/hard_swish.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(HardSwish, IsTheInputTimesItsHardSigmoid) {
  expect_numbers(outputs_of(HardSwish{}, {5}, {-4, -1.5, 0, 1.5, 5}), {0, -0.375, 0, 1.125, 5});
}

}  // namespace goodfit
