#include "goodfit/parts/layers/ghost_batch_norm.hpp"

#include "goodfit/parts/layers/batch_norm.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(GhostBatchNorm, NormalizesEachVirtualBatchByItself) {
  Built net({GhostBatchNorm{.size = 2, .eps = 1e-12}}, {1}, 4);
  expect_numbers(net.run({1, 3, 20, 40}), {-1, 1, -1, 1});
}

TEST(GhostBatchNorm, LeavesNoSampleAlone) {
  // Five samples: the fifth belongs to the second pair. 20, 40, 60: mean 40, variance 800 / 3.
  const double s = 20 / std::sqrt(800.0 / 3);
  Built net({GhostBatchNorm{.size = 2, .eps = 1e-9}}, {1}, 5);
  expect_numbers(net.run({1, 3, 20, 40, 60}), {-1, 1, -s, 0, s}, 1e-8);
}

TEST(GhostBatchNorm, MovesItsRunningStatisticsOnceForEachVirtualBatch) {
  Built net({GhostBatchNorm{.size = 2, .momentum = 0.5}}, {1}, 4);
  net.run({1, 3, 20, 40});  // means 2, 30; unbiased variances 2, 200
  expect_stored(net, "layers.0.running_mean", {0.5 * (0.5 * 2) + 0.5 * 30});
  expect_stored(net, "layers.0.running_var", {0.5 * (0.5 + 0.5 * 2) + 0.5 * 200});
}

TEST(GhostBatchNorm, AsLargeAsTheBatchIsBatchNorm) {
  const Numbers x{1, 5, 2, -7, 0, 3, 4, 4, 9, 1};
  for (const Size size : {4, 6, 100})
    expect_numbers(outputs_of(GhostBatchNorm{.size = size}, {2}, Numbers(x.begin(), x.begin() + 8)),
                   outputs_of(BatchNorm{}, {2}, Numbers(x.begin(), x.begin() + 8)));
}

TEST(GhostBatchNorm, KeepsVirtualBatchesApartWhereverSamplesAreCut) {
  std::vector<std::array<Size, 3>> pieces;
  Ghosts{.size = 8, .positions = 1, .shard_rows = 32}.each_piece(
      5, 18, 32, [&](Size ghost, Size begin, Size end) {
        pieces.push_back({ghost, begin, end});
      });
  const std::vector<std::array<Size, 3>> wanted{{0, 5, 8}, {1, 8, 16}, {2, 16, 18}};
  EXPECT_EQ(pieces, wanted);
}

TEST(GhostBatchNorm, TakesASmallerBatchThanPlanned) {
  Built net({GhostBatchNorm{.size = 2, .eps = 1e-12}}, {1}, 6);
  expect_numbers(net.run({1, 3, 20, 40}), {-1, 1, -1, 1});
  expect_numbers(net.run({5, 7}), {-1, 1});
}

TEST(GhostBatchNorm, OfOneSampleNormalizesItsPositions) {
  Built net({GhostBatchNorm{.size = 1, .eps = 1e-12}}, {2, 1}, 2);
  expect_numbers(net.run({1, 3, 20, 40}), {-1, 1, -1, 1});
}

TEST(GhostBatchNorm, RefusesSizesThatCutAShard) {
  const auto build = [](Size size) {
    Graph graph(64);
    Store store;
    Net net(graph, store, Mode::train, 1);
    build_sequence(net, "layers", {GhostBatchNorm{.size = size}}, graph.input({3}, "x"));
  };
  for (const Size size : {2, 8, 32, 64}) EXPECT_NO_THROW(build(size));
  expect_error(
      [&] { build(24); },
      "layers.0 (ghost_batch_norm): a size of 24 is not allowed: it must divide 32 or be a "
      "multiple of 32");
  expect_error([&] { build(40); }, "a size of 40 is not allowed");
  expect_error([&] { build(1); }, "a virtual batch of one sample has no variance");
}

}  // namespace goodfit
