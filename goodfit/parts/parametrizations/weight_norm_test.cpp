#include "goodfit/parts/parametrizations/weight_norm.hpp"

#include "goodfit/parts/layers/conv_transpose2d.hpp"
#include "goodfit/parts/parametrizations/testing.hpp"

namespace goodfit {

TEST(WeightNorm, BeginsAsItWouldWithout) {
  Built plain({dense_by({})}, {4}, 4), normed({dense_by({WeightNorm{}})}, {4}, 4);
  const ConstSpan v = normed.store.at("layers.0.weight_v");
  plain.set("layers.0.weight", {v.begin(), v.end()});
  expect_numbers(weight_in(normed, 4), weight_in(plain, 4), 1e-6);
}

TEST(WeightNorm, IsLengthTimesDirection) {
  Built net({dense_by({WeightNorm{}}, 2)}, {2}, 2);
  net.set("layers.0.weight_v", {3, 4, 0, -2});
  net.set("layers.0.weight_g", {10, 7});
  expect_numbers(weight_in(net, 2), Numbers{6, 8, 0, -7}, 1e-12);
}

TEST(WeightNorm, KeepsPyTorchsNamesAndShapes) {
  const Built dense({dense_by({WeightNorm{}})}, {4}, 1);
  EXPECT_EQ(dense.names(true),
            (std::vector<std::string>{"layers.0.weight_v", "layers.0.weight_g"}));
  EXPECT_EQ(dense.store.tensors()[1].shape, (Shape{3, 1}));
  const Built grouped({ConvTranspose2d{.out = 6, .groups = 2, .parametrizations = {WeightNorm{}}}},
                      {2, 2, 4}, 1);
  EXPECT_EQ(grouped.store.tensors()[1].shape, (Shape{2, 3, 1, 1}));
}

}  // namespace goodfit
