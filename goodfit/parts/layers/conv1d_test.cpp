#include "goodfit/parts/layers/conv1d.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Conv1d, SlidesItsFilterAlongTheSequence) {
  Built net({Conv1d{.out = 1, .kernel = 2}}, {3, 2}, 1);
  net.set("layers.0.weight", {1, 10, 100, 1000});  // [out, in, kernel]
  net.set("layers.0.bias", {0.5});
  EXPECT_EQ(net.y.shape(), Shape({1, 2, 1}));
  expect_numbers(net.run({1, 2, 3, 4, 5, 6}), {1 + 30 + 200 + 4000.5, 3 + 50 + 400 + 6000.5});
}

TEST(Conv1d, HasTheSizesOfPyTorch) {
  const auto steps = [](const Conv1d& layer) { return Built({layer}, {9, 2}, 1).y.shape()[1]; };
  EXPECT_EQ(steps({.out = 2}), 7);
  EXPECT_EQ(steps({.out = 2, .stride = 2, .padding = 1}), 5);
  EXPECT_EQ(steps({.out = 2, .padding = "same", .dilation = 4}), 9);
  EXPECT_EQ(steps({.out = 2, .dilation = 4}), 1);
}

TEST(Conv1d, NamesAndLaysOutItsWeightsAsPyTorch) {
  const Built net({Conv1d{.out = 6, .kernel = 5, .groups = 2}}, {5, 4}, 2);
  EXPECT_EQ(net.names(true), (std::vector<std::string>{"layers.0.weight", "layers.0.bias"}));
  EXPECT_EQ(net.store.tensors()[0].shape, Shape({6, 2, 5}));
}

TEST(Conv1d, RefusesWhatItCannotDo) {
  expect_error([] { Built({Conv1d{.out = 2}}, {5}, 1); },
               "layers.0 (conv1d): it takes sequences [steps, channels], not samples of shape [5]");
  expect_error(
      [] {
        Built({Conv1d{.out = 3, .groups = 3}}, {5, 4}, 1);
      },
      "groups = 3 does not divide its 4 input channels and 3 output channels");
  expect_error(
      [] {
        Built({Conv1d{.out = 3, .kernel = 6}}, {5, 4}, 1);
      },
      "length: a window of 6 pixels does not fit an axis of 5");
}

}  // namespace goodfit
