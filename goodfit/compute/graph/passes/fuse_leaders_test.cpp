#include "goodfit/compute/graph/passes/fuse_leaders.hpp"

#include "goodfit/compute/graph/passes/testing.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"

namespace goodfit {
namespace {

// The gradient of a norm and a relu, with the values somebody else wants as roots.
Names gradient_ops(bool relu_is_wanted) {
  Draft draft = empty_draft();
  Graph& graph = *draft.graph;
  const Value x = graph.input({3}, "x"), gamma = graph.parameter({3}, "gamma");
  const Value norm = batch_norm(x, normalizer(batch_statistics(x, 3), 1), gamma, gamma, false);
  const Value dy = graph.input({3}, "dy");
  const Value slope = graph.add(ReluBackwardOp{}, {relu(norm), dy});
  const Node& node = graph.node(norm.id);
  const Values inputs{x, graph.value(node.inputs[1]), gamma, gamma};
  draft.roots.push_back(node.op->gradient(inputs, norm, slope)[0].id);
  if (relu_is_wanted) draft.roots.push_back(slope.id);
  Names gradients;
  for (const std::string& name : ops_after(fuse_leaders(draft)))
    if (name.find("backward") != name.npos || name.find("sums") != name.npos)
      gradients.push_back(name);
  return gradients;
}

}  // namespace

TEST(FuseLeaders, TakesTheGradientOfAReluIntoThatOfANorm) {
  EXPECT_EQ(gradient_ops(false),
            (Names{"batch_norm_relu_sums", "merge_sums", "batch_norm_relu_backward"}));
}

TEST(FuseLeaders, LeavesWhatSomebodyElseWants) {
  EXPECT_EQ(gradient_ops(true),
            (Names{"relu_backward", "batch_norm_sums", "merge_sums", "batch_norm_backward"}));
}

}  // namespace goodfit
