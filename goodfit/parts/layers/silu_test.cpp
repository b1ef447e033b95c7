#include "goodfit/parts/layers/silu.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Silu, IsTheInputTimesItsSigmoid) {
  expect_numbers(outputs_of(Silu{}, {3}, {-2, 0, 2}),
                 {-2 / (1 + std::exp(2.0)), 0, 2 / (1 + std::exp(-2.0))});
}

TEST(Silu, StandsFarValues) { expect_numbers(outputs_of(Silu{}, {2}, {-1e30, 1e30}), {0, 1e30}); }

}  // namespace goodfit
