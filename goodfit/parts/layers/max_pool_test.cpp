#include "goodfit/parts/layers/max_pool.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(MaxPool, KeepsTheLargestOfEachWindow) {
  // 1 5 | 2 9
  // 3 4 | 8 0, and a last column that fills no window
  const Numbers x{1, 5, 2, 9, 7, 3, 4, 8, 0, 7};
  expect_numbers(outputs_of(MaxPool{}, {2, 5, 1}, x), {5, 9});
}

TEST(MaxPool, TreatsChannelsApart) {
  expect_numbers(outputs_of(MaxPool{.kernel = {1, 2}}, {1, 2, 2}, {1, -2, -3, 4}), {1, 4});
}

TEST(MaxPool, PaddingNeverWins) {
  expect_numbers(
      outputs_of(MaxPool{.kernel = 3, .stride = 2, .padding = 1}, {2, 2, 1}, {-4, -3, -2, -1}),
      {-1});
}

TEST(MaxPool, PoolsSequencesByTheirSteps) {
  expect_numbers(outputs_of(MaxPool{.stride = 1}, {3, 2}, {1, 6, 2, 5, 3, 4}), {2, 6, 3, 5});
}

TEST(MaxPool, RefusesWhatItCannotDo) {
  expect_error([] { Built({MaxPool{}}, {5}, 1); },
               "layers.0 (max_pool): it takes images [height, width, channels] or sequences "
               "[steps, channels], not samples of shape [5]");
  expect_error(
      [] {
        Built({MaxPool{.kernel = 3, .padding = 2}}, {5, 5, 1}, 1);
      },
      "padding of 2 is more than half of a window of 3");
  expect_error(
      [] {
        Built({MaxPool{.kernel = 6}}, {5, 5, 1}, 1);
      },
      "a window of 6 pixels does not fit an axis of 5, padding included");
}

}  // namespace goodfit
