#include "goodfit/parts/layers/lenet.hpp"

#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Lenet, HasTheWeightsOfThePaper) {
  // 156 + 2416 in convolutions (the second sees all maps), 48120 + 10164 + 850 in dense layers.
  const Built net({Lenet{}}, {28, 28, 1}, 1);
  Size weights = 0;
  for (const Stored& stored : net.store.tensors()) weights += stored.shape.count();
  EXPECT_EQ(weights, 156 + 2416 + 48120 + 10164 + 850);
  EXPECT_EQ(net.y.shape(), Shape({1, 10}));
}

TEST(Lenet, TakesOtherActivations) {
  for (const Layer& layer : Lenet{.activation = Relu{}}.layers()) EXPECT_NE(layer.key(), "tanh");
}

TEST(Lenet, RefusesImagesThatAreTooSmall) {
  expect_error([] { Built({Lenet{}}, {8, 8, 1}, 1); }, "layers.0.body.3 (conv2d)");
}

}  // namespace goodfit
