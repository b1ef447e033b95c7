#include "goodfit/compute/graph/passes/common_subexpressions.hpp"

#include "goodfit/compute/graph/passes/testing.hpp"

namespace goodfit {

TEST(CommonSubexpressions, ComputesEqualValuesOnce) {
  Draft draft = empty_draft();
  const Value x = draft.graph->input({3}, "x");
  const Value a = tanh(x), b = tanh(x);
  draft.roots = {add(relu(a), relu(b)).id};
  EXPECT_EQ(ops_after(common_subexpressions(draft)), (Names{"tanh", "relu", "add"}));
}

TEST(CommonSubexpressions, TellsSettingsInputsAndNamesApart) {
  Draft draft = empty_draft();
  const Value x = draft.graph->input({3}, "x"), y = draft.graph->input({3}, "y");
  draft.roots = {dropout(x, 0.5, 1).id,
                 dropout(x, 0.5, 2).id,
                 dropout(x, 0.4, 1).id,
                 dropout(y, 0.5, 1).id,
                 tanh(x).id,
                 relu(x).id};
  EXPECT_EQ(ops_after(common_subexpressions(draft)).size(), 6u);
}

TEST(CommonSubexpressions, KeepsRootsThatHaveBecomeOne) {
  Draft draft = empty_draft();
  const Value x = draft.graph->input({3}, "x");
  draft.roots = {tanh(x).id, tanh(x).id};
  const Draft after = common_subexpressions(draft);
  ASSERT_EQ(after.roots.size(), 2u);
  EXPECT_EQ(after.roots[0], after.roots[1]);
}

TEST(CommonSubexpressions, SharesConstantsOfOneShape) {
  Draft draft = empty_draft();
  Graph& graph = *draft.graph;
  for (const double value : {1.0, 1.0, 2.0}) draft.roots.push_back(graph.constant({3}, value).id);
  draft.roots.push_back(graph.constant({4}, 1).id);
  EXPECT_EQ(common_subexpressions(draft).graph->nodes().size(), 3u);
}

TEST(CommonSubexpressions, LeavesWhatIsStoredInABuffer) {
  Draft draft = empty_draft();
  Graph& graph = *draft.graph;
  const Value x = graph.parameter({3}, "x");
  const Value first = graph.buffer({3}, "a"), second = graph.buffer({3}, "b");
  graph.assign(first, tanh(x));
  graph.assign(second, tanh(x));
  EXPECT_EQ(common_subexpressions(draft).graph->assigned().size(), 2u);
}

}  // namespace goodfit
