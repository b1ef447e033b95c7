#include "goodfit/compute/graph/shard_rows.hpp"

#include <gtest/gtest.h>

#include "goodfit/compute/ops/dense.hpp"

namespace goodfit {
namespace {

// Of a dense layer without bias that meets each of a sample's `steps`.
Size of(Size rows, Size steps, Size width) {
  Graph graph(rows, 1);
  const Value x = graph.input(steps == 1 ? Shape{width} : Shape{steps, width}, "x");
  dense(x, graph.parameter({width, width}, "w"));
  return shard_rows_of(graph);
}

TEST(ShardRows, AreThirtyTwoOfLightSamples) {
  EXPECT_EQ(of(4, 1, 32), 32);
  EXPECT_EQ(of(128, 1, 32), 32);
  EXPECT_EQ(of(4096, 1, 32), 32);
}

TEST(ShardRows, GiveFourThreadsWorkWhereSamplesAreHeavy) {
  EXPECT_EQ(of(128, 1, 1024), 32);
  EXPECT_EQ(of(127, 1, 1024), 32);
  EXPECT_EQ(of(64, 1, 1024), 16);
  EXPECT_EQ(of(32, 1, 1024), 8);
  EXPECT_EQ(of(32, 1, 250), 8) << "125,000 operations a sample, a million in eight";
  EXPECT_EQ(of(32, 1, 249), 16);
  EXPECT_EQ(of(8, 1, 1024), 4) << "no fewer";
}

TEST(ShardRows, GiveEightThreadsWorkWhereSamplesBringRowsToAWeight) {
  EXPECT_EQ(of(128, 4, 1024), 16) << "64 rows in sixteen";
  EXPECT_EQ(of(128, 3, 1024), 32);
  EXPECT_EQ(of(4096, 1000, 64), 16) << "as many shards as there are then";
  EXPECT_EQ(of(64, 1000, 64), 8);
  EXPECT_EQ(of(32, 1000, 64), 4);
}

}  // namespace
}  // namespace goodfit
