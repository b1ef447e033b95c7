#include "goodfit/parts/layers/elu.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Elu, IsAnExponentialBelowZero) {
  expect_numbers(outputs_of(Elu{.alpha = 2}, {3}, {-1, 0, 3}), {2 * (std::exp(-1.0) - 1), 0, 3});
}

TEST(Elu, StandsFarValues) { expect_numbers(outputs_of(Elu{}, {2}, {-1e30, 1e30}), {-1, 1e30}); }

}  // namespace goodfit
