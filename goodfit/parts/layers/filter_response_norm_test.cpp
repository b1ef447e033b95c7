#include "goodfit/parts/layers/filter_response_norm.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(FilterResponseNorm, DividesEachChannelOfASampleByItsRootMeanSquare) {
  // Channels 3, 4 and 2, -2, of two positions.
  Built net({FilterResponseNorm{.eps = 1e-12, .threshold = false}}, {2, 2}, 1);
  const double s = std::sqrt(12.5);
  expect_numbers(net.run({3, 2, 4, -2}), {3 / s, 1, 4 / s, -1});
}

TEST(FilterResponseNorm, ScalesShiftsAndEndsAtItsThreshold) {
  Built net({FilterResponseNorm{.eps = 3}}, {2, 1}, 1);
  net.set("layers.0.weight", {4});
  net.set("layers.0.bias", {10});
  net.set("layers.0.threshold", {9});
  expect_numbers(net.run({-1, 1}), {9, 12});  // 10 - 2 lies below
}

TEST(FilterResponseNorm, BeginsAsARelu) {
  expect_numbers(outputs_of(FilterResponseNorm{.eps = 1e-12}, {2, 1}, {-1, 1}), {0, 1});
}

TEST(FilterResponseNorm, RefusesASinglePosition) {
  expect_error([] { Built({FilterResponseNorm{}}, {4}, 2); },
               "layers.0 (filter_response_norm): of one position only the sign would be left");
}

}  // namespace goodfit
