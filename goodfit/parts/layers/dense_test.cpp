#include "goodfit/parts/layers/dense.hpp"

#include "goodfit/parts/initializers/constant.hpp"
#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

TEST(Dense, MultipliesByItsWeightAndAddsItsBias) {
  Built net({Dense{.out = 2}}, {3}, 2);
  net.set("layers.0.weight", {1, 2, 3, 0, -1, 0.5});
  net.set("layers.0.bias", {10, 20});
  expect_numbers(net.run({1, 1, 1, 2, 0, -2}), {16, 19.5, 6, 19});
}

TEST(Dense, TransformsTheLastAxisOfEachPosition) {
  Built net({Dense{.out = 1}}, {2, 2}, 1);
  net.set("layers.0.weight", {1, 10});
  net.set("layers.0.bias", {0});
  EXPECT_EQ(net.y.shape(), Shape({1, 2, 1}));
  expect_numbers(net.run({1, 2, 3, 4}), {21, 43});
}

TEST(Dense, NamesAndLaysOutItsWeightsAsPyTorch) {
  const Built net({Dense{.out = 4}}, {3}, 2);
  EXPECT_EQ(net.names(true), (Names{"layers.0.weight", "layers.0.bias"}));
  EXPECT_EQ(net.store.tensors()[0].shape, Shape({4, 3}));
  EXPECT_EQ(net.store.tensors()[1].shape, Shape({4}));
}

TEST(Dense, WithoutBiasHasNone) {
  Built net({Dense{.out = 1, .bias = false}}, {2}, 1);
  EXPECT_EQ(net.names(true), Names{"layers.0.weight"});
  net.set("layers.0.weight", {3, 4});
  expect_numbers(net.run({0, 0}), {0});
}

TEST(Dense, OnlyItsWeightIsRegularized) {
  const Built net({Dense{.out = 4}}, {3}, 2);
  ASSERT_EQ(net.net.weights().size(), 1u);
  EXPECT_EQ(net.graph.node(net.net.weights()[0].id).name, "layers.0.weight");
  EXPECT_EQ(net.net.parameters().size(), 2u);
}

TEST(Dense, StartsWhereItsInitializersSay) {
  const Built net(
      {Dense{.out = 2, .init = Constant{.value = 3}, .bias_init = Constant{.value = 4}}}, {1}, 1);
  expect_stored(net, "layers.0.weight", {3, 3});
  expect_stored(net, "layers.0.bias", {4, 4});
}

TEST(Dense, StartsWiderBeforeARelu) {
  const auto largest = [](const std::vector<Layer>& layers) {
    const Built net(layers, {200}, 1);
    const ConstSpan w = net.store.at("layers.0.weight");
    return *std::max_element(w.begin(), w.end());
  };
  EXPECT_GT(largest({Dense{.out = 50}, Relu{}}), 1.1 * largest({Dense{.out = 50}}));
}

TEST(Dense, WantsToKnowHowManyUnits) {
  expect_error([] { Layer(Dense{}); }, "dense.out = 0 is not allowed: must be at least 1");
}

}  // namespace goodfit
