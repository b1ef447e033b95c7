#include "goodfit/parts/layers/resnet.hpp"

#include "goodfit/parts/layers/layer_norm.hpp"
#include "goodfit/parts/layers/testing.hpp"
#include "goodfit/parts/parametrizations/weight_norm.hpp"

namespace goodfit {

Size trained_numbers(const Resnet& resnet) {
  const Built net({resnet}, {32, 32, 3}, 2);
  Size count = 0;
  for (const Stored& stored : net.store.tensors())
    if (stored.trained) count += stored.shape.count();
  return count;
}

TEST(Resnet, HasTheWeightsOfThePaper) {
  // Table 6 of the paper says 0.27 and 0.46 million; ours has two projections more (2688 numbers).
  EXPECT_EQ(trained_numbers(Resnet{}), 272474);
  EXPECT_EQ(trained_numbers(Resnet{.depth = 32}), 466906);
}

TEST(Resnet, HalvesTheImageTwice) {
  // The smallest: one block in each stage.
  const Built net({Resnet{.depth = 8, .out = 5, .width = 2}}, {8, 8, 1}, 2);
  EXPECT_EQ(net.y.shape(), Shape({2, 5}));
  for (const auto& [name, shape] :
       {std::pair{"layers.0.body.0.weight", Shape{2, 1, 3, 3}},
        std::pair{"layers.0.body.3.body.3.weight", Shape{2, 2, 3, 3}},
        std::pair{"layers.0.body.5.body.0.weight", Shape{4, 2, 3, 3}},
        std::pair{"layers.0.body.5.shortcut.0.weight", Shape{4, 2, 1, 1}},
        std::pair{"layers.0.body.7.shortcut.1.weight", Shape{8}},
        std::pair{"layers.0.body.10.weight", Shape{5, 8}}}) {
    const auto& all = net.store.tensors();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [name = name](const Stored& one) { return one.name == name; });
    ASSERT_NE(found, all.end()) << name;
    EXPECT_EQ(found->shape, shape) << name;
  }
}

TEST(Resnet, TakesOtherNorms) {
  const Built net({Resnet{.depth = 8, .width = 2, .norm = LayerNorm{}}}, {8, 8, 1}, 1);
  EXPECT_TRUE(net.names(false).empty()) << "only a batch_norm keeps statistics";
}

TEST(Resnet, HandsParametrizationsToItsConvolutions) {
  const Built net({Resnet{.depth = 8, .width = 2, .parametrizations = {WeightNorm{}}}}, {8, 8, 1},
                  1);
  int convolutions = 0;
  for (const std::string& name : net.names(true)) convolutions += name.ends_with(".weight_v");
  EXPECT_EQ(convolutions, 9);  // 1 + 3 · 2, and two shortcuts
}

TEST(Resnet, KnowsItsDepths) {
  expect_error([] { Layer(Resnet{.depth = 21}); },
               "resnet: a depth of 21 is not 6 n + 2; the nearest are 20 and 26");
  expect_error([] { Layer(Resnet{.depth = 2}); }, "resnet.depth = 2 is not allowed");
}

TEST(Resnet, IsNamedInShortByItsDepth) {
  Setting table{Setting::Table{}};
  table["resnet"] = 56;
  EXPECT_EQ(Layer::read(table), Layer(Resnet{.depth = 56}));
}

}  // namespace goodfit
