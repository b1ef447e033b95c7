#include "goodfit/parts/layers/mish.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Mish, IsTheInputTimesTheTanhOfItsSoftplus) {
  expect_numbers(outputs_of(Mish{}, {3}, {-2, 0, 2}),
                 {-2 * std::tanh(std::log(1 + std::exp(-2.0))), 0,
                  2 * std::tanh(std::log(1 + std::exp(2.0)))});
}

TEST(Mish, StandsFarValues) { expect_numbers(outputs_of(Mish{}, {2}, {-1e30, 1e30}), {0, 1e30}); }

}  // namespace goodfit
