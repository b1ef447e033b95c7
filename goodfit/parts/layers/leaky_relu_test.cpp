#include "goodfit/parts/layers/leaky_relu.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(LeakyRelu, KeepsAShareOfWhatIsNegative) {
  expect_numbers(outputs_of(LeakyRelu{.slope = 0.25}, {3}, {-4, 0, 3}), {-1, 0, 3});
}

}  // namespace goodfit
