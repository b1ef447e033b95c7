#include "goodfit/parts/layers/running.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Running, StartsAtMeanZeroAndVarianceOneUnderTheNamesOfPyTorch) {
  Graph graph(2);
  Store store;
  Net net(graph, store, Mode::train, 1);
  const Running running(net, 2);
  EXPECT_EQ(store.at(".running_mean")[1], 0);
  EXPECT_EQ(store.at(".running_var")[1], 1);
  EXPECT_EQ(graph.node(running.mean.id).source, Source::buffer);
}

TEST(Running, NeedsTwoPositionsInABatch) {
  const auto positions = [](Size rows, const Shape& sample) {
    Graph graph(rows);
    Store store;
    Net net(graph, store, Mode::train, 1);
    return std::pair{positions_in_batch(net, graph.input(sample, "x")), net.uses_batch_statistics};
  };
  EXPECT_EQ(positions(2, {3}), (std::pair{Size{1}, true}));
  EXPECT_EQ(positions(1, {2, 3}), (std::pair{Size{2}, false}));
  expect_error([&] { positions(1, {3}); }, "a batch of one sample has no variance");
}

}  // namespace goodfit
