#include "goodfit/compute/graph/graph.hpp"

#include <gtest/gtest.h>

#include "goodfit/compute/engine/interpreter.hpp"
#include "goodfit/compute/engine/lives.hpp"
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/graph/pass.hpp"
#include "goodfit/compute/ops/dense.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/compute/ops/penalty.hpp"
#include "goodfit/compute/ops/tanh.hpp"

namespace goodfit {
namespace {

int count_of(const Plan& plan, std::string_view op) {
  const std::vector<Moment> moments = moments_of(plan);
  int count = 0;
  for (Id id = 0; id < Id(moments.size()); ++id)
    count += moments[std::size_t(id)].number > 0 && plan.graph().node(id).op->name() == op;
  return count;
}

}  // namespace

TEST(Graph, GivesInputsAndTargetsTheBatchAsFirstAxis) {
  Graph graph(7, 3);
  EXPECT_EQ(graph.input({4, 2}, "x").shape(), Shape({7, 4, 2}));
  EXPECT_TRUE(graph.target({1}, "t").batched());
  EXPECT_EQ(graph.parameter({4, 2}, "w").shape(), Shape({4, 2}));
  EXPECT_FALSE(graph.buffer({4}, "b").batched());
}

TEST(Graph, CutsTheBatchIntoShardsOfAFixedSize) {
  const Graph graph(70, 32);
  EXPECT_EQ(graph.shards(), 3);
  EXPECT_EQ(graph.shards(64), 2);
  EXPECT_EQ(graph.shards(1), 1);
}

TEST(Graph, SpreadsWorkByWhatItIs) {
  Graph graph(7, 3);
  const auto spread = [&](Value value) { return graph.node(value.id).spread; };
  EXPECT_EQ(spread(tanh(graph.input({2}, "x"))), Spread::rows);
  EXPECT_EQ(spread(tanh(graph.parameter({2}, "small"))), Spread::once);
  EXPECT_EQ(spread(tanh(graph.parameter({200, 200}, "large"))), Spread::tiles);
}

TEST(Graph, RefusesValuesOfAnotherGraphAndWrongAssignments) {
  Graph graph(2), other(2);
  const Value x = graph.input({2}, "x"), w = graph.parameter({2}, "w");
  EXPECT_THROW(graph.add(Add{}, {x, other.input({2}, "x")}), std::logic_error);
  EXPECT_THROW(graph.assign(w, tanh(w)), std::logic_error);
  EXPECT_THROW(graph.assign(graph.buffer({3}, "b"), tanh(w)), std::logic_error);
}

TEST(Gradients, OfAScalarAlone) {
  Graph graph(2);
  const Value x = graph.input({2}, "x"), w = graph.parameter({2}, "w");
  EXPECT_THROW(gradients(x, {x}), std::logic_error);
  EXPECT_THROW(gradients(w, {w}), std::logic_error);
}

TEST(Gradients, OfWhatDoesNotMatterAreZeros) {
  Graph graph(2);
  const Value w = graph.parameter({3}, "w"), aside = graph.parameter({4}, "aside");
  const Value slope = gradients(penalty(w, Norm::squares, 1), {aside})[0];
  EXPECT_EQ(slope.shape(), Shape{4});
  EXPECT_EQ(graph.node(slope.id).source, Source::constant);
  EXPECT_EQ(graph.node(slope.id).constant, 0);
}

TEST(Gradients, AddTheWaysToAValue) {
  Graph graph(1);
  const Value w = graph.parameter({1}, "w");
  const Value loss = add(penalty(w, Norm::squares, 3), penalty(w, Norm::squares, 4));
  const Value slope = gradients(add(loss, loss), {w})[0];
  Interpreter values(graph);
  values.at(w) = {5};
  values.run(1);
  EXPECT_DOUBLE_EQ(values.at(slope)[0], 2 * 2 * (3 + 4) * 5);
}

TEST(Gradients, FollowOnlyThePathsToWhatIsWanted) {
  Graph graph(4);
  const Value x = graph.input({3}, "x");
  const Value hidden = tanh(dense(x, graph.parameter({3, 3}, "v")));
  const Value loss = mean_rows(dense(hidden, graph.parameter({1, 3}, "w")));
  const Value slope = gradients(loss, {graph.value(1)})[0];  // of v: neither of x nor of w
  const Plan plan = make_plan(graph, {slope.id});
  EXPECT_EQ(count_of(plan, "dense_input_gradient"), 1);
  EXPECT_EQ(count_of(plan, "dense_weight_gradient"), 1);
}

TEST(Passes, RunAllButThoseNamed) {
  const auto names_after = [](const std::vector<std::string>& without) {
    Draft draft{std::make_unique<Graph>(2), {}};
    Graph& graph = *draft.graph;
    const Value x = graph.input({2}, "x"), w = graph.parameter({2, 2}, "w");
    draft.roots = {relu(dense(x, w)).id};
    draft = run_passes(std::move(draft), without);
    return std::string(draft.graph->node(draft.roots[0]).op->name()) +
           draft.graph->node(draft.roots[0]).op->settings();
  };
  EXPECT_EQ(names_after({}), "dense_relupacked");
  EXPECT_EQ(names_after({"prepare_weights"}), "dense_relu");
  EXPECT_EQ(names_after({"fuse_followers"}), "relu");
}

TEST(Passes, UnknownOnesAreRefusedWithTheNearestName) {
  try {
    run_passes({std::make_unique<Graph>(2), {}}, {"fuse_follower"});
    ADD_FAILURE() << "it was accepted";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean \"fuse_followers\""), std::string::npos)
        << error.what();
  }
}

}  // namespace goodfit
