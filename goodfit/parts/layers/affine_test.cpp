#include "goodfit/parts/layers/affine.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

TEST(Affine, IsOneAndZeroAtFirstAndNoWeight) {
  Graph graph(1);
  Store store;
  Net net(graph, store, Mode::train, 1);
  const Affine learned(net, 2, true);
  EXPECT_EQ(store.at(".weight")[1], 1);
  EXPECT_EQ(store.at(".bias")[1], 0);
  EXPECT_EQ(net.parameters().size(), 2);
  EXPECT_TRUE(net.weights().empty()) << "a scale is not regularized";
}

TEST(Affine, LearnsWhatItIsTold) {
  Graph graph(1);
  Store store;
  Net net(graph, store, Mode::train, 1);
  const Affine none(net, 2, false), scale(net, 3, true, false);
  EXPECT_EQ(graph.node(none.gamma.id).constant, 1);
  EXPECT_EQ(graph.node(none.beta.id).constant, 0);
  EXPECT_EQ(graph.node(scale.beta.id).source, Source::constant);
  EXPECT_EQ(net.parameters().size(), 1);
}

}  // namespace goodfit
