#include "goodfit/compute/graph/split.hpp"

#include <gtest/gtest.h>

#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/ops/dense.hpp"
#include "goodfit/compute/ops/drop_weights.hpp"
#include "goodfit/compute/ops/tanh.hpp"

namespace goodfit {
namespace {

bool has_op(const Graph& graph, std::string_view op) {
  for (const Node& node : graph.nodes())
    if (node.op && node.op->name() == op) return true;
  return false;
}

TEST(DrawSplit, CutsBeforeTheFirstRandomNumber) {
  Graph graph(4);
  const Value before = tanh(graph.input({3}, "x"));
  const DrawSplit split = split_draws(graph, tanh(dropout(before, 0.5, 1)).id);
  EXPECT_EQ(split.fixed, std::vector<Id>{before.id});
  EXPECT_TRUE(split.samples_alone);
  EXPECT_TRUE(has_op(*split.drawn.graph, "dropout"));
  EXPECT_EQ(split.drawn.graph->node(0).name, "fixed.0");
  EXPECT_EQ(split.drawn.graph->nodes().size(), 3u);
}

TEST(DrawSplit, OfAPathAroundTheRandomPartReadsBothEnds) {
  Graph graph(4);
  const Value x = graph.input({3}, "x"), before = tanh(x);
  const DrawSplit split = split_draws(graph, add(dropout(before, 0.5, 1), x).id);
  EXPECT_EQ(split.fixed, (std::vector<Id>{x.id, before.id}));
}

TEST(DrawSplit, WithoutRandomNumbersHasAllInTheFixedPart) {
  Graph graph(4);
  const Value y = tanh(graph.input({3}, "x"));
  const DrawSplit split = split_draws(graph, y.id);
  EXPECT_EQ(split.fixed, std::vector<Id>{y.id});
  EXPECT_FALSE(has_op(*split.drawn.graph, "tanh"));
}

TEST(DrawSplit, SaysWhenSamplesShareAMaskOfWeights) {
  Graph graph(4);
  const Value x = graph.input({3}, "x"), w = graph.parameter({2, 3}, "w");
  EXPECT_FALSE(split_draws(graph, dense(x, drop_weights(w, 0.5, 1)).id).samples_alone);
}

}  // namespace
}  // namespace goodfit
