#include "goodfit/parts/layers/avg_pool.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(AvgPool, KeepsTheMeanOfEachWindow) {
  const Numbers x{1, 5, 2, 9, 7, 3, 4, 8, 0, 7};
  expect_numbers(outputs_of(AvgPool{}, {2, 5, 1}, x), {3.25, 4.75});
}

TEST(AvgPool, CountsPaddingAsZeros) {
  expect_numbers(outputs_of(AvgPool{.stride = 1, .padding = {0, 1}}, {2, 1, 1}, {4, 8}), {3, 3});
}

TEST(AvgPool, PoolsSequencesByTheirSteps) {
  expect_numbers(outputs_of(AvgPool{.stride = 1}, {3, 2}, {1, 6, 2, 5, 3, 4}),
                 {1.5, 5.5, 2.5, 4.5});
}

TEST(AvgPool, RefusesWhatItCannotDo) {
  expect_error(
      [] {
        Built({AvgPool{.kernel = 3, .padding = 2}}, {5, 5, 1}, 1);
      },
      "layers.0 (avg_pool): avg_pool: padding of 2 is more than half of a window of 3");
}

}  // namespace goodfit
