#include "goodfit/parts/layers/conv2d.hpp"

#include "goodfit/parts/initializers/constant.hpp"
#include "goodfit/parts/initializers/torch.hpp"
#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

TEST(Conv2d, SlidesItsFilterOverTheImage) {
  // 1 2 3        1 0                 1 + 10   2 + 12
  // 4 5 6   by   0 2, plus 100:      4 + 16   5 + 18
  // 7 8 9
  Built net({Conv2d{.out = 1, .kernel = 2}}, {3, 3, 1}, 1);
  net.set("layers.0.weight", {1, 0, 0, 2});
  net.set("layers.0.bias", {100});
  EXPECT_EQ(net.y.shape(), Shape({1, 2, 2, 1}));
  expect_numbers(net.run({1, 2, 3, 4, 5, 6, 7, 8, 9}), {111, 114, 120, 123});
}

TEST(Conv2d, KeepsTheSizeWithPaddingSame) {
  Built net({Conv2d{.out = 1, .kernel = {1, 3}, .padding = "same", .bias = false}}, {1, 3, 1}, 1);
  net.set("layers.0.weight", {1, 10, 100});
  expect_numbers(net.run({1, 2, 3}), {210, 321, 32});
  for (const Size kernel : {1, 2, 3, 5})
    EXPECT_EQ(
        Built({Conv2d{.out = 2, .kernel = kernel, .padding = "same"}}, {4, 6, 1}, 1).y.shape(),
        Shape({1, 4, 6, 2}));
}

TEST(Conv2d, HasTheSizesOfPyTorch) {
  const auto shape = [](const Conv2d& layer) {
    return Built({layer}, {9, 12, 2}, 1).y.shape().without_first();
  };
  EXPECT_EQ(shape({.out = 3}), Shape({7, 10, 3}));
  EXPECT_EQ(shape({.out = 3, .stride = 2, .padding = 1}), Shape({5, 6, 3}));
  EXPECT_EQ(shape({.out = 3, .stride = {3, 2}, .padding = {0, 2}}), Shape({3, 7, 3}));
  EXPECT_EQ(shape({.out = 3, .dilation = {4, 3}}), Shape({1, 6, 3}));
  EXPECT_EQ(shape({.out = 3, .stride = 2, .padding = "same"}), Shape({5, 6, 3}));
}

TEST(Conv2d, NamesAndLaysOutItsWeightsAsPyTorch) {
  const Built net({Conv2d{.out = 6, .kernel = {3, 2}, .groups = 2}}, {5, 5, 4}, 2);
  EXPECT_EQ(net.names(true), (Names{"layers.0.weight", "layers.0.bias"}));
  EXPECT_EQ(net.store.tensors()[0].shape, Shape({6, 2, 3, 2}));
  EXPECT_EQ(net.store.tensors()[1].shape, Shape({6}));
  ASSERT_EQ(net.net.weights().size(), 1u);
}

TEST(Conv2d, WithGroupsSeesChannelsOfItsOwn) {
  Built net({Conv2d{.out = 2, .kernel = 1, .groups = 2, .bias = false}}, {1, 1, 2}, 1);
  net.set("layers.0.weight", {3, 4});
  expect_numbers(net.run({10, 100}), {30, 400});
}

TEST(Conv2d, TellsItsInitializersTheNumbersOfOneFilter) {
  // torch: uniform within 1 / √(in / groups · kernel), for weights and biases alike.
  const Built net({Conv2d{.out = 64, .groups = 2, .init = Torch{}, .bias_init = Torch{}}},
                  {5, 5, 32}, 1);
  for (const char* name : {"layers.0.weight", "layers.0.bias"}) {
    const ConstSpan w = net.store.at(name);
    const double most = *std::max_element(w.begin(), w.end());
    EXPECT_LE(most, 1 / std::sqrt(16.0 * 9)) << name;
    EXPECT_GE(most, 0.9 / std::sqrt(16.0 * 9)) << name;
  }
}

TEST(Conv2d, StartsWhereItsInitializersSay) {
  const Built net(
      {Conv2d{
          .out = 1, .kernel = 1, .init = Constant{.value = 3}, .bias_init = Constant{.value = 4}}},
      {1, 1, 2}, 1);
  expect_stored(net, "layers.0.weight", {3, 3});
  expect_stored(net, "layers.0.bias", {4});
}

TEST(Conv2d, TakesAPictureWithoutChannels) {
  EXPECT_EQ(Built({Conv2d{.out = 2}}, {28, 28}, 1).y.shape(), Shape({1, 26, 26, 2}));
}

TEST(Conv2d, RefusesWhatItCannotDo) {
  expect_error([] { Layer(Conv2d{}); }, "conv2d.out = 0 is not allowed: must be at least 1");
  expect_error([] { Built({Conv2d{.out = 2}}, {784}, 1); },
               "layers.0 (conv2d): it takes images [height, width, channels], not samples of shape "
               "[784]");
  expect_error(
      [] {
        Built({Conv2d{.out = 4, .groups = 2}}, {5, 5, 3}, 1);
      },
      "layers.0 (conv2d): groups = 2 does not divide its 3 input channels and 4 output "
      "channels");
  expect_error(
      [] {
        Built({Conv2d{.out = 4, .kernel = {3, 7}}}, {5, 5, 3}, 1);
      },
      "layers.0 (conv2d): width: a window of 7 pixels does not fit an axis of 5, padding "
      "included");
}

}  // namespace goodfit
