#include "goodfit/parts/layers/group_norm.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

TEST(GroupNorm, NormalizesEachGroupOverPositionsAndItsChannels) {
  // Group 0: 1, 3 and 5, 7: mean 4, variance 5. Group 1: 2, 2 and 2, 10: mean 4, variance 12.
  Built net({GroupNorm{.groups = 2, .eps = 1e-12}}, {2, 4}, 1);
  const double s = std::sqrt(5.0), t = std::sqrt(12.0);
  expect_numbers(net.run({1, 3, 2, 2, 5, 7, 2, 10}),
                 {-3 / s, -1 / s, -2 / t, -2 / t, 1 / s, 3 / s, -2 / t, 6 / t});
}

TEST(GroupNorm, AddsEpsToTheVarianceAndScalesAndShiftsEachChannel) {
  Built net({GroupNorm{.groups = 1, .eps = 3}}, {2}, 1);
  net.set("layers.0.weight", {4, 6});
  net.set("layers.0.bias", {10, 20});
  expect_numbers(net.run({-1, 1}), {8, 23});
}

TEST(GroupNorm, OfOneGroupIsLayerNormOverAllOfASample) {
  // 1, 3, 5, 7: mean 4, variance 5.
  const double s = std::sqrt(5.0);
  expect_numbers(outputs_of(GroupNorm{.groups = 1, .eps = 1e-12}, {2, 2}, {1, 3, 5, 7}),
                 {-3 / s, -1 / s, 1 / s, 3 / s});
}

TEST(GroupNorm, IsTheSameInAllModes) {
  const Numbers x{1, 2, 4, -1, 0, 3, 5, 5};
  const Layer layer = GroupNorm{.groups = 2};
  const Numbers trained = outputs_of(layer, {4}, x, Mode::train);
  EXPECT_EQ(outputs_of(layer, {4}, x, Mode::evaluate), trained);
  EXPECT_EQ(outputs_of(layer, {4}, x, Mode::sample), trained);
}

TEST(GroupNorm, NamesItsNumbersAsPyTorch) {
  const Built net({GroupNorm{.groups = 1}}, {3}, 1);
  EXPECT_EQ(net.names(true), (Names{"layers.0.weight", "layers.0.bias"}));
  EXPECT_TRUE(net.net.weights().empty()) << "a scale is not regularized";
  EXPECT_TRUE(Built({GroupNorm{.groups = 1, .affine = false}}, {3}, 1).names(true).empty());
}

TEST(GroupNorm, RefusesGroupsThatDoNotDivideTheChannels) {
  expect_error(
      [] {
        Built({GroupNorm{.groups = 3}}, {2, 4}, 2);
      },
      "layers.0 (group_norm): 4 channels do not fall into 3 groups: choose a divisor of 4");
  expect_error([] { Built({GroupNorm{}}, {2, 16}, 2); }, "16 channels do not fall into 32 groups");
}

TEST(GroupNorm, RefusesGroupsOfOneNumber) {
  expect_error([] { Built({GroupNorm{.groups = 4}}, {4}, 2); },
               "layers.0 (group_norm): a group of one number has no variance: take fewer groups");
}

}  // namespace goodfit
