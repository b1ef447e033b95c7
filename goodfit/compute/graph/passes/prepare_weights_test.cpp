#include "goodfit/compute/graph/passes/prepare_weights.hpp"

#include "goodfit/compute/graph/passes/testing.hpp"

namespace goodfit {

TEST(PrepareWeights, PacksAWeightOnceForAllThatUseIt) {
  Draft draft = empty_draft();
  const Value x = draft.graph->input({3}, "x"), w = draft.graph->parameter({3, 3}, "w");
  draft.roots = {dense(dense(x, w), w).id};
  EXPECT_EQ(ops_after(prepare_weights(draft)), (Names{"pack_weight", "dense", "dense"}));
}

TEST(PrepareWeights, PacksEachDirectionAndEachWeightByItself) {
  Draft draft = empty_draft();
  const Value x = draft.graph->input({256}, "x");
  const Value w = draft.graph->parameter({256, 256}, "w");
  const Value v = draft.graph->parameter({256, 256}, "v");
  draft.roots = {dense(x, w).id, dense(x, v).id, draft.graph->add(DenseOp(false), {x, w}).id};
  const Names names = ops_after(prepare_weights(draft));
  EXPECT_EQ(std::count(names.begin(), names.end(), "pack_weight"), 3);
}

TEST(PrepareWeights, LeavesASmallWeightAsItIsOnTheWayBack) {
  Draft draft = empty_draft();
  const Value dy = draft.graph->input({3}, "dy"), w = draft.graph->parameter({3, 3}, "w");
  draft.roots = {draft.graph->add(DenseOp(false), {dy, w}).id};
  const Names names = ops_after(prepare_weights(draft));
  EXPECT_EQ(std::count(names.begin(), names.end(), "pack_weight"), 0);
}

TEST(PrepareWeights, GivesThePackedWeightToThePackedOp) {
  Draft draft = empty_draft();
  const Value x = draft.graph->input({3}, "x"), w = draft.graph->parameter({2, 3}, "w");
  draft.roots = {dense(x, w).id};
  const Draft after = prepare_weights(draft);
  const Node& product = after.graph->node(after.roots[0]);
  EXPECT_EQ(product.op->settings(), "packed");
  EXPECT_EQ(after.graph->node(product.inputs[1]).op->name(), "pack_weight");
  EXPECT_EQ(product.shape, Shape({4, 2}));
}

TEST(PrepareWeights, LeavesOpsThatPrepareNothing) {
  Draft draft = empty_draft();
  draft.roots = {tanh(draft.graph->input({3}, "x")).id};
  EXPECT_EQ(ops_after(prepare_weights(draft)), Names{"tanh"});
}

}  // namespace goodfit
