#include <gtest/gtest.h>

#include <set>
#include <string>

#include "goodfit/compute/engine/plan.hpp"
#include "goodfit/compute/ops/add_row.hpp"
#include "goodfit/compute/ops/dense.hpp"
#include "goodfit/compute/ops/dropout.hpp"
#include "goodfit/compute/ops/sigmoid.hpp"
#include "goodfit/compute/ops/sum_rows.hpp"
#include "goodfit/compute/ops/tanh.hpp"

namespace goodfit {
namespace {

constexpr Size width = 256, all = 64 * width, shard = 32 * width;

using Names = std::set<std::string>;

// The names of the ops whose values are far where a cache holds less than `floats`.
Names far(const Graph& graph, const Values& roots, Size floats, Size cached) {
  std::vector<Id> ids;
  for (const Value& root : roots) ids.push_back(root.id);
  const Plan plan = make_plan(graph, ids, {.cached = cached, .far = floats});
  Names names;
  for (Id id = 0; id < Id(plan.far.size()); ++id)
    if (plan.far[std::size_t(id)]) names.emplace(plan.graph().node(id).op->name());
  return names;
}

TEST(Far, IsWhatNobodyReadsBeforeAllOfItIsWritten) {
  Graph graph(64, 32);
  const Value x = graph.input({width}, "x");
  const Values roots{tanh(x)};
  EXPECT_EQ(far(graph, roots, all, cached_floats), Names{"tanh"});
  EXPECT_EQ(far(graph, roots, all + 1, cached_floats), Names{});
}

TEST(Far, IsNotWhatIsReadInTheSameShardOrPartOfIt) {
  Graph graph(64, 32);
  const Value w = graph.parameter({width, width}, "w");
  const Value x = dense(graph.input({width}, "x"), w), y = dropout(x, 0.5, 1);
  const Values long_way{x, y, dense(y, w)};
  EXPECT_TRUE(far(graph, long_way, shard, cached_floats).contains("dropout"));
  EXPECT_FALSE(far(graph, long_way, shard + 1, cached_floats).contains("dropout"));
  const Values short_way{x, y, sigmoid(y)};
  EXPECT_TRUE(far(graph, short_way, shard, cached_floats).contains("dropout"));
  EXPECT_FALSE(far(graph, short_way, shard, 4 * width).contains("dropout")) << "a few at a time";
}

TEST(Far, IsNotWhatIsWrittenOverAnInput) {
  Graph graph(64, 32);
  const Value y = dropout(graph.input({width}, "x"), 0.5, 1), sums = sum_rows(y);
  EXPECT_EQ(far(graph, {add_row(y, sums)}, all, cached_floats), Names{});
  EXPECT_EQ(far(graph, {add_row(y, sums), y}, all, cached_floats), Names{"add_row"});
}

}  // namespace
}  // namespace goodfit
