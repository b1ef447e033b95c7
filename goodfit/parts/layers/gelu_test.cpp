#include "goodfit/parts/layers/gelu.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Gelu, IsTheInputTimesTheShareBelowIt) {
  expect_numbers(outputs_of(Gelu{}, {3}, {-1, 0, 2}),
                 {-0.15865525393145707, 0, 2 * 0.9772498680518208});
}

TEST(Gelu, HasAnApproximationThatIsNear) {
  const Numbers x{-3, -1, -0.1, 0.5, 2};
  const Numbers exact = outputs_of(Gelu{}, {5}, x), near = outputs_of(Gelu{.form = "tanh"}, {5}, x);
  EXPECT_NE(exact, near);
  expect_numbers(near, exact, 1e-3);
}

TEST(Gelu, StandsFarValues) { expect_numbers(outputs_of(Gelu{}, {2}, {-1e30, 1e30}), {0, 1e30}); }

}  // namespace goodfit
