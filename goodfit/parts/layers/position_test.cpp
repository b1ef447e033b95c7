#include "goodfit/parts/layers/position.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Position, AddsTheSameNumbersToEverySample) {
  Built net({Position{}}, {2, 2}, 2);
  net.set("layers.0.weight", {1, 2, 3, 4});
  expect_numbers(net.run({0, 0, 0, 0, 10, 10, 10, 10}), {1, 2, 3, 4, 11, 12, 13, 14});
  EXPECT_TRUE(net.net.weights().empty()) << "positions are not regularized";
}

TEST(Position, WantsSequences) {
  expect_error([] { Built({Position{}}, {3}, 1); },
               "layers.0 (position): it takes sequences [steps, features]");
}

}  // namespace goodfit
