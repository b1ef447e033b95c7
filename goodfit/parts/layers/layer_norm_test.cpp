#include "goodfit/parts/layers/layer_norm.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

TEST(LayerNorm, GivesEachSampleMeanZeroAndVarianceOne) {
  // 1, 3, 5, 7: mean 4, variance 5.
  const double s = std::sqrt(5.0);
  Built net({LayerNorm{.eps = 1e-12}}, {4}, 2);
  expect_numbers(net.run({1, 3, 5, 7, 2, 2, 2, 2}), {-3 / s, -1 / s, 1 / s, 3 / s, 0, 0, 0, 0});
}

TEST(LayerNorm, AddsEpsToTheVarianceAndScalesAndShifts) {
  Built net({LayerNorm{.eps = 3}}, {2}, 1);
  net.set("layers.0.weight", {4, 6});
  net.set("layers.0.bias", {10, 20});
  expect_numbers(net.run({-1, 1}), {8, 23});
}

TEST(LayerNorm, NormalizesEachPositionAlone) {
  Built net({LayerNorm{.eps = 3}}, {2, 2}, 1);
  expect_numbers(net.run({-1, 1, 11, 9}), {-0.5, 0.5, 0.5, -0.5});
}

TEST(LayerNorm, IsTheSameInAllModes) {
  const Numbers x{1, 2, 4, -1, 0, 3};
  const Numbers trained = outputs_of(LayerNorm{}, {3}, x, Mode::train);
  EXPECT_EQ(outputs_of(LayerNorm{}, {3}, x, Mode::evaluate), trained);
  EXPECT_EQ(outputs_of(LayerNorm{}, {3}, x, Mode::sample), trained);
}

TEST(LayerNorm, NamesItsNumbersAsPyTorch) {
  const Built net({LayerNorm{}}, {3}, 1);
  EXPECT_EQ(net.names(true), (Names{"layers.0.weight", "layers.0.bias"}));
  EXPECT_TRUE(net.net.weights().empty()) << "a scale is not regularized";
  EXPECT_TRUE(Built({LayerNorm{.affine = false}}, {3}, 1).names(true).empty());
}

TEST(LayerNorm, RefusesASingleFeature) {
  expect_error([] { Built({LayerNorm{}}, {1}, 2); },
               "layers.0 (layer_norm): a sample of one feature has no variance");
}

}  // namespace goodfit
