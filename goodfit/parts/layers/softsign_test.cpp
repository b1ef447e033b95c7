#include "goodfit/parts/layers/softsign.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Softsign, ComesNearOneSlowly) {
  expect_numbers(outputs_of(Softsign{}, {3}, {-3, 0, 1}), {-0.75, 0, 0.5});
}

TEST(Softsign, StandsFarValues) {
  expect_numbers(outputs_of(Softsign{}, {2}, {-1e30, 1e30}), {-1, 1});
}

}  // namespace goodfit
