#include "goodfit/parts/layers/conv_transpose2d.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(ConvTranspose2d, PaintsItsFilterWhereverAPixelStands) {
  Built net({ConvTranspose2d{.out = 1, .kernel = {1, 3}, .stride = {1, 2}}}, {1, 2, 1}, 1);
  net.set("layers.0.weight", {1, 2, 3});
  net.set("layers.0.bias", {0.5});
  expect_numbers(net.run({10, 100}), {10.5, 20.5, 130.5, 200.5, 300.5});
}

TEST(ConvTranspose2d, HasTheSizesOfPyTorch) {
  const auto shape = [](const ConvTranspose2d& layer) {
    return Built({layer}, {4, 5, 2}, 1).y.shape().without_first();
  };
  EXPECT_EQ(shape({.out = 3}), Shape({6, 7, 3}));
  EXPECT_EQ(shape({.out = 3, .stride = 2, .padding = 1}), Shape({7, 9, 3}));
  EXPECT_EQ(shape({.out = 3, .stride = 2, .padding = 1, .output_padding = 1}), Shape({8, 10, 3}));
  EXPECT_EQ(shape({.out = 3, .kernel = {2, 3}, .dilation = {3, 1}}), Shape({7, 7, 3}));
}

TEST(ConvTranspose2d, NamesAndLaysOutItsWeightsAsPyTorch) {
  const Built net({ConvTranspose2d{.out = 6, .kernel = {3, 2}, .groups = 2}}, {5, 5, 4}, 2);
  EXPECT_EQ(net.names(true), (std::vector<std::string>{"layers.0.weight", "layers.0.bias"}));
  EXPECT_EQ(net.store.tensors()[0].shape, Shape({4, 3, 3, 2}));
}

TEST(ConvTranspose2d, RefusesWhatItCannotDo) {
  expect_error(
      [] {
        Built({ConvTranspose2d{.out = 2, .output_padding = 1}}, {3, 3, 1}, 1);
      },
      "layers.0 (conv_transpose2d): output_padding = 1 is not allowed: must be below the "
      "stride, 1");
  expect_error(
      [] {
        Built({ConvTranspose2d{.out = 2, .padding = 3}}, {3, 3, 1}, 1);
      },
      "padding = 3 leaves nothing of the 5 pixels it makes");
  expect_error(
      [] {
        Built({ConvTranspose2d{.out = 2, .groups = 2}}, {3, 3, 1}, 1);
      },
      "groups = 2 does not divide its 1 input channels");
}

}  // namespace goodfit
