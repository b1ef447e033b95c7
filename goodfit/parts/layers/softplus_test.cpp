#include "goodfit/parts/layers/softplus.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Softplus, IsTheLogarithmOfOneAndTheExponential) {
  expect_numbers(
      outputs_of(Softplus{.beta = 2}, {3}, {-1, 0, 3}),
      {std::log1p(std::exp(-2.0)) / 2, std::log(2.0) / 2, std::log1p(std::exp(6.0)) / 2});
}

TEST(Softplus, StandsFarValues) {
  expect_numbers(outputs_of(Softplus{}, {2}, {-1e30, 1e30}), {0, 1e30});
}

}  // namespace goodfit
