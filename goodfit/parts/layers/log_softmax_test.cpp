#include "goodfit/parts/layers/log_softmax.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(LogSoftmax, IsTheLogarithmOfTheShares) {
  expect_numbers(outputs_of(LogSoftmax{}, {2}, {0, std::log(3.0)}),
                 {std::log(0.25), std::log(0.75)});
}

TEST(LogSoftmax, StaysFiniteWhereTheShareIsZero) {
  expect_numbers(outputs_of(LogSoftmax{}, {2}, {1000, -1000}), {0, -2000});
}

}  // namespace goodfit
