#include "goodfit/compute/graph/passes/fuse_leaders.hpp"

#include "goodfit/compute/graph/passes/testing.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/compute/ops/reshape.hpp"

namespace goodfit {
namespace {

// A norm and a relu of images, and what its tests put behind them.
struct Block {
  Draft draft = empty_draft();
  Graph& graph = *draft.graph;
  Value x = graph.input({4, 6, 3}, "x");
  Value gamma = graph.parameter({3}, "gamma"), beta = graph.parameter({3}, "beta");
  Value norm = batch_norm(x, normalizer(batch_statistics(x, 3), 1), gamma, beta, false);
  Value y = relu(norm);

  Value pooled(Size kernel) const {
    const Window window{.kernel = kernel, .stride = kernel};
    return max_pool(y, {window, window});
  }
  // The ops of norms, relus and pools after the pass, with the way back from `last`.
  Names way_back(Value last, bool relu_slope_is_wanted = false) {
    const Size count = last.shape().row();
    const Value weight = graph.parameter({1, count}, "w");
    const Value loss = mean_rows(dense(reshape(last, {count}), weight));
    for (const Value& found : gradients(loss, {x, gamma, beta})) draft.roots.push_back(found.id);
    for (Id id = 0; relu_slope_is_wanted && id < Id(graph.nodes().size()); ++id)
      if (const Node& node = graph.node(id); node.op && node.op->name() == "relu_backward")
        draft.roots.push_back(id);
    Names names;
    for (const std::string& name : ops_after(fuse_leaders(draft)))
      if (name.find("norm_") != name.npos || name.find("pool") != name.npos ||
          name.find("relu") != name.npos)
        names.push_back(name);
    return names;
  }
};

}  // namespace

TEST(FuseLeaders, TakesTheGradientOfAReluIntoThatOfANorm) {
  Block block;
  EXPECT_EQ(block.way_back(block.y), (Names{"batch_norm_relu_sums", "batch_norm_relu_backward"}));
}

TEST(FuseLeaders, TakesThatOfAMaxPoolBehindTheReluAsWell) {
  Block block;
  EXPECT_EQ(block.way_back(block.pooled(2)),
            (Names{"batch_norm_relu_max_pool_sums", "batch_norm_relu_max_pool_backward"}));
}

TEST(FuseLeaders, LeavesOtherWindows) {
  Block block;
  EXPECT_EQ(
      block.way_back(block.pooled(3)),
      (Names{"relu", "max_pool_backward", "batch_norm_relu_sums", "batch_norm_relu_backward"}));
}

TEST(FuseLeaders, TakesTheGradientOfDropoutIntoThatOfTheReluBeforeIt) {
  Block block;
  const Value left = dropout(block.y, 0.5, 1);
  block.draft.roots.push_back(left.id);
  EXPECT_EQ(block.way_back(left),
            (Names{"relu", "relu_dropout_backward", "batch_norm_sums", "batch_norm_backward"}));
}

TEST(FuseLeaders, TakesTwoDropoutsInWithTheFactorsOfBoth) {
  Block block;
  const Value left = dropout(dropout(block.y, 0.5, 1), 0.2, 2);
  block.draft.roots.push_back(left.id);
  block.way_back(left);
  const Draft after = fuse_leaders(block.draft);
  std::string settings;
  for (const Node& node : after.graph->nodes())
    if (node.op && node.op->name() == "relu_dropout_backward")
      settings += node.op->settings() + ";";
  EXPECT_EQ(settings, "2.5;");
}

TEST(FuseLeaders, LeavesDropoutWhoseOutputNobodyNeeds) {
  Block block;
  EXPECT_EQ(block.way_back(dropout(block.y, 0.5, 1)),
            (Names{"batch_norm_relu_sums", "batch_norm_relu_backward"}));
}

TEST(FuseLeaders, LooksAtTheOutputOfTheDropoutWhoseGradientItTakes) {
  Block block;
  const Value of_other = dropout(block.norm, 0.5, 1), other = dropout(block.y, 0.5, 2);
  const Value left = dropout(block.y, 0.5, 1);
  block.draft.roots = {of_other.id, other.id, left.id};
  block.way_back(left);
  const Draft after = fuse_leaders(block.draft);
  int found = 0;
  for (const Node& node : after.graph->nodes())
    if (node.op && node.op->name() == "relu_dropout_backward") {
      ++found;
      EXPECT_EQ(node.inputs[0], after.roots[2]);
    }
  EXPECT_EQ(found, 1);
}

TEST(FuseLeaders, LeavesDropoutOfMoreThanTheRelu) {
  Block block;
  const Value other = dropout(block.norm, 0.5, 2);
  block.draft.roots.push_back(other.id);
  EXPECT_EQ(block.way_back(dropout(add(block.y, other), 0.5, 1)),
            (Names{"relu", "relu_backward", "batch_norm_sums", "batch_norm_backward"}));
}

TEST(FuseLeaders, LeavesWhatSomebodyElseWants) {
  Block block;
  EXPECT_EQ(block.way_back(block.y, true),
            (Names{"relu", "relu_backward", "batch_norm_sums", "batch_norm_backward"}));
}

TEST(FuseLeaders, LeavesAReluThatIsNotTheNorms) {
  Draft draft = empty_draft();
  Graph& graph = *draft.graph;
  const Value x = graph.input({3}, "x"), gamma = graph.parameter({3}, "gamma");
  const Value norm = batch_norm(x, normalizer(batch_statistics(x, 3), 1), gamma, gamma, false);
  const Node node = graph.node(norm.id);
  const Value slope = graph.add(ReluBackwardOp{}, {relu(x), graph.input({3}, "dy")});
  const Values inputs{x, graph.value(node.inputs[1]), gamma, gamma};
  draft.roots.push_back(node.op->gradient(inputs, norm, slope)[0].id);
  const Names names = ops_after(fuse_leaders(draft));
  EXPECT_EQ(std::count(names.begin(), names.end(), "relu_backward"), 1);
}

TEST(FuseLeaders, LeavesOutWhatNobodyNeeds) {
  Draft draft = empty_draft();
  const Value x = draft.graph->input({3}, "x");
  tanh(x);
  draft.roots.push_back(relu(x).id);
  EXPECT_EQ(fuse_leaders(draft).graph->nodes().size(), 2u);
}

}  // namespace goodfit
