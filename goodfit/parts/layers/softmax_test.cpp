#include "goodfit/parts/layers/softmax.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Softmax, GivesSharesThatAddUpToOne) {
  expect_numbers(outputs_of(Softmax{}, {3}, {0, std::log(2.0), std::log(5.0)}),
                 {0.125, 0.25, 0.625});
}

TEST(Softmax, TakesEachPositionByItself) {
  expect_numbers(outputs_of(Softmax{}, {2, 2}, {0, 0, 1000, -1000}), {0.5, 0.5, 1, 0});
}

}  // namespace goodfit
