#include "goodfit/parts/layers/hard_sigmoid.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(HardSigmoid, IsALineBetweenTwoSteps) {
  expect_numbers(outputs_of(HardSigmoid{}, {5}, {-4, -3, 0, 1.5, 5}), {0, 0, 0.5, 0.75, 1});
}

}  // namespace goodfit
