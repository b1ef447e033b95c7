#include "goodfit/parts/layers/mlp.hpp"

#include "goodfit/parts/layers/batch_norm.hpp"
#include "goodfit/parts/layers/layer_norm.hpp"
#include "goodfit/parts/layers/tanh.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Keys = std::vector<std::string>;

Keys keys_of(const std::vector<Layer>& layers) {
  Keys keys;
  for (const Layer& layer : layers) keys.emplace_back(layer.key());
  return keys;
}

TEST(Mlp, IsDenseLayersWithActivationsBetween) {
  const Mlp two{.out = 3, .hidden = {5, 4}};
  EXPECT_EQ(keys_of(two.layers()), (Keys{"flatten", "dense", "relu", "dense", "relu", "dense"}));
  EXPECT_EQ(Built({two}, {2, 2}, 1).y.shape(), Shape({1, 3}));
  EXPECT_EQ(keys_of(Mlp{.out = 3, .hidden = {}}.layers()), (Keys{"flatten", "dense"}));
}

TEST(Mlp, NormsAndDropoutStandAroundTheActivation) {
  const Mlp full{
      .out = 3, .hidden = {5}, .activation = Tanh{}, .norm = BatchNorm{}, .dropout = 0.25};
  EXPECT_EQ(keys_of(full.layers()),
            (Keys{"flatten", "dense", "batch_norm", "tanh", "dropout", "dense"}));
  EXPECT_FALSE(full.layers()[1].as<Dense>()->bias);
  EXPECT_EQ(full.layers()[4].as<Dropout>()->p, 0.25);
  EXPECT_TRUE((Mlp{.out = 3, .hidden = {5}, .norm = LayerNorm{}}.layers()[1].as<Dense>()->bias));
}

TEST(Mlp, NamesItsWeightsByTheirPlaceInIt) {
  const Built net({Mlp{.out = 1, .hidden = {2}}}, {2}, 1);
  EXPECT_EQ(net.names(true), (Keys{"layers.0.body.1.weight", "layers.0.body.1.bias",
                                   "layers.0.body.3.weight", "layers.0.body.3.bias"}));
}

TEST(Mlp, ComputesWhatItsLayersDo) {
  Built net({Mlp{.out = 1, .hidden = {2}}}, {1}, 1);
  net.set("layers.0.body.1.weight", {1, -1});
  net.set("layers.0.body.1.bias", {0, 0});
  net.set("layers.0.body.3.weight", {10, 100});
  net.set("layers.0.body.3.bias", {5});
  expect_numbers(net.run({2}), {25});
  expect_numbers(net.run({-2}), {205});
}

}  // namespace goodfit
