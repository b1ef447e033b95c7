#include "goodfit/parts/layers/repeat.hpp"

#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/layer_norm.hpp"
#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

TEST(Repeat, BuildsItsBodyAgainWithOtherWeights) {
  Built net({Relu{}, Repeat{3, {Dense{.out = 1, .bias = false}}}}, {1}, 1);
  EXPECT_EQ(net.names(true),
            (Names{"layers.1.body.0.weight", "layers.1.body.1.weight", "layers.1.body.2.weight"}));
  net.set("layers.1.body.0.weight", {2});
  net.set("layers.1.body.1.weight", {3});
  net.set("layers.1.body.2.weight", {5});
  expect_numbers(net.run({7}), {210});
}

TEST(Repeat, BuildsABodyOfManyLayers) {
  Built net({Repeat{2, {Dense{.out = 2, .bias = false}, Relu{}}}}, {2}, 1);
  EXPECT_EQ(net.names(true), (Names{"layers.0.body.0.weight", "layers.0.body.2.weight"}));
}

TEST(Repeat, RefusesAnEmptyBody) {
  expect_error([] { Built({Repeat{}}, {3}, 1); },
               "layers.0 (repeat): has no layers: give it at least one");
}

TEST(Repeat, ErrorsNameTheLayerInside) {
  expect_error(
      [] {
        Built({Repeat{2, {LayerNorm{}, Dense{.out = 1}}}}, {3}, 1);
      },
      "layers.0.body.2 (layer_norm): a sample of one feature has no variance");
}

}  // namespace goodfit
