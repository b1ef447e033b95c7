#include "goodfit/compute/engine/plan.hpp"

#include <gtest/gtest.h>

#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/compute/engine/random_graph.hpp"

namespace goodfit {
namespace {

struct Life {
  int born = 0, dies = 0;         // moments: one op each, in the order of the plan
  int first = 0, last = 0;        // stages
  std::vector<Id> read_at_birth;  // what the op that makes it reads
};

// When each place of the arena is in use, found from the stages alone.
std::map<Id, Life> lives_of(const Plan& plan) {
  std::map<Id, Life> lives;
  int moment = 0;
  const int never = 1 << 20;
  const auto use = [&](Id id, int when, int stage) {
    Life& life = lives[plan.storage[std::size_t(id)]];
    life.dies = std::max(life.dies, when);
    life.last = std::max(life.last, stage);
  };
  for (Id id = 0; id < Id(plan.graph().nodes().size()); ++id)
    if (const Node& node = plan.graph().node(id); !node.op && plan.offset[std::size_t(id)] >= 0)
      lives[id] = {0, never, 0, never, {}};  // fed or constant: there before and after
  for (std::size_t s = 0; s < plan.stages.size(); ++s)
    for (const auto* ids : {&plan.stages[s].before, &plan.stages[s].segment, &plan.stages[s].tiled})
      for (const Id id : *ids) {
        ++moment;
        const Node& node = plan.graph().node(id);
        if (plan.storage[std::size_t(id)] == id) {
          lives[id] = {moment, moment, int(s), int(s), {}};
          for (std::size_t i = 0; i < node.inputs.size(); ++i)
            if (node.op->may_overwrite(int(i)))
              lives[id].read_at_birth.push_back(plan.storage[std::size_t(node.inputs[i])]);
        }
        for (const Id input : node.inputs) use(input, moment, int(s));
      }
  for (const Id root : plan.draft.roots) use(root, never, never);
  return lives;
}

Size floats(const Plan& plan, Id id) {
  const Node& node = plan.graph().node(id);
  return node.op ? node.op->floats(node.shape) : node.shape.count();
}

bool may_share(const Plan& plan, Id a, const Life& x, Id b, const Life& y) {
  if (x.born > y.born) return may_share(plan, b, y, a, x);
  if (x.last < y.first) return true;
  // In one stage threads are at different places: their shards must not meet.
  const Node &first = plan.graph().node(a), &second = plan.graph().node(b);
  const bool aligned = plan.offset[std::size_t(a)] == plan.offset[std::size_t(b)] &&
                       first.batched && second.batched && first.shape.row() == second.shape.row();
  const bool handed_on =
      x.dies == y.born && std::count(y.read_at_birth.begin(), y.read_at_birth.end(), a) > 0;
  return aligned && (x.dies < y.born || handed_on);
}

}  // namespace

TEST(Plan, NeverPutsTwoLivingValuesInOnePlace) {
  Size shared = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RandomGraph made(seed);
    const Plan plan = make_plan(made.graph(), made.roots());
    const std::map<Id, Life> lives = lives_of(plan);
    for (auto a = lives.begin(); a != lives.end(); ++a)
      for (auto b = std::next(a); b != lives.end(); ++b) {
        const Size here = plan.offset[std::size_t(a->first)],
                   there = plan.offset[std::size_t(b->first)];
        if (here < 0 || there < 0) continue;
        if (here + floats(plan, a->first) <= there || there + floats(plan, b->first) <= here)
          continue;
        ++shared;
        EXPECT_TRUE(may_share(plan, a->first, a->second, b->first, b->second))
            << "graph " << seed << ": %" << a->first << " and %" << b->first << "\n"
            << plan.text();
      }
  }
  EXPECT_GT(shared, 1000);
}

TEST(Plan, KeepsAValueInsideTheArenaOnItsOwnLines) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const RandomGraph made(seed);
    const Plan plan = make_plan(made.graph(), made.roots());
    for (Id id = 0; id < Id(plan.offset.size()); ++id) {
      const Size at = plan.offset[std::size_t(id)];
      if (at < 0) continue;
      EXPECT_EQ(at % 16, 0);
      EXPECT_LE(at + floats(plan, id), plan.arena_floats);
    }
  }
}

TEST(Plan, NeedsNoLessThanTheBoundAndMoreWithoutSharing) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const RandomGraph made(seed);
    const Plan plan = make_plan(made.graph(), made.roots());
    EXPECT_GE(plan.arena_floats, plan.bound_floats);
    EXPECT_GE(make_plan(made.graph(), made.roots(), {.share_memory = false}).arena_floats,
              plan.arena_floats);
  }
}

TEST(Plan, OfANetNeedsLessThanHalfAsMuchAgainAsTheBound) {
  Graph graph(128);
  Value x = graph.input({256}, "x");
  Values weights;
  for (int layer = 0; layer < 4; ++layer) {
    weights.push_back(graph.parameter({256, 256}, "w" + std::to_string(layer)));
    x = tanh(dense(x, weights.back()));
  }
  const Value loss = mean_rows(cross_entropy(x, graph.target({1}, "class")));
  std::vector<Id> roots{loss.id};
  for (const Value& slope : gradients(loss, weights)) roots.push_back(slope.id);
  const Plan plan = make_plan(graph, roots);
  EXPECT_LE(double(plan.arena_floats), 1.4 * double(plan.bound_floats));
  EXPECT_LT(plan.arena_floats, make_plan(graph, roots, {.share_memory = false}).arena_floats);
}

TEST(Plan, NeedsLessWhereLargeValuesAreMadeAgain) {
  Graph graph(128);
  Value x = graph.input({256}, "x");
  const Value w = graph.parameter({256, 256}, "w"), gamma = graph.parameter({256}, "gamma");
  for (int block = 0; block < 6; ++block) {
    const Value y = dense(x, w), statistics = normalizer(batch_statistics(y, 256), 1);
    x = add(batch_norm(y, statistics, gamma, gamma, false), x);
  }
  const Value loss = mean_rows(cross_entropy(x, graph.target({1}, "class")));
  const std::vector<Id> roots{loss.id, gradients(loss, {w})[0].id};
  const Size kept = make_plan(graph, roots, {.large = 128 * 256 + 1}).arena_floats;
  const Size again = make_plan(graph, roots, {.large = 128 * 256}).arena_floats;
  EXPECT_LE(again, kept - 128 * 256);
}

TEST(Plan, LeavesWhatWasFedAsItWas) {
  Graph graph(8, 4);
  const Value x = graph.input({16}, "x"), w = graph.parameter({16, 16}, "w");
  const Plan plan = make_plan(graph, {tanh(dense(tanh(dense(x, w)), w)).id});
  Store store;
  store.add("w", {16, 16}, true);
  std::fill(store.at("w").begin(), store.at("w").end(), 0.1f);
  Threads threads(1);
  Executor executor(plan, store, threads);
  std::fill(executor.input("x").begin(), executor.input("x").end(), 0.5f);
  executor.run(8, 0, 0);
  for (const float x_now : executor.input("x")) EXPECT_EQ(x_now, 0.5f);
}

// What looks up classes that nobody feeds must not meet whatever the memory held.
TEST(Plan, TakesZerosForWhatNobodyFeeds) {
  Graph graph(8, 4);
  const Value x = graph.input({16}, "x"), target = graph.target({16}, "target");
  const Plan plan = make_plan(graph, {add(x, target).id});
  const std::size_t size = std::size_t(plan.arena_floats);
  for (std::size_t more = 0; more < 64; ++more)  // what the arena may be given next
    std::vector<float>(size + more, NAN);
  Store store;
  Threads threads(1);
  Executor executor(plan, store, threads);
  std::fill(executor.input("x").begin(), executor.input("x").end(), 0.5f);
  executor.run(8, 0, 0);
  for (const float sum : executor.root(0)) EXPECT_EQ(sum, 0.5f);
}

TEST(Plan, MakesWhatComesOfWeightsOnceWhereTheyStay) {
  for (const bool stay : {false, true}) {
    Graph graph(8, 4);
    const Value x = graph.input({16}, "x"), w = graph.parameter({16, 16}, "w");
    const Value mean = graph.buffer({16}, "mean"), of_mean = tanh(mean);
    graph.assign(mean, graph.add(RunningOp(0.5, 0, 1), {mean, batch_statistics(x, 16)}));
    const Plan plan =
        make_plan(graph, {dense(dense(x, w), w).id, of_mean.id}, {.weights_stay = stay});
    Store store;
    store.add("w", {16, 16}, true);
    std::fill(store.at("w").begin(), store.at("w").end(), 0.1f);
    store.add("mean", {16}, false);
    Threads threads(1);
    Executor executor(plan, store, threads);
    const auto answer = [&](float number) {
      std::fill(executor.input("x").begin(), executor.input("x").end(), number);
      executor.run(8, 0, 0);
      return executor.root(0)[0];
    };
    const float first = answer(1);
    EXPECT_FLOAT_EQ(first, 1.6f * 1.6f);
    EXPECT_EQ(answer(2), 2 * first) << "inputs count in every run";
    EXPECT_FLOAT_EQ(store.at("mean")[0], 1.25f) << "so does what is assigned";
    EXPECT_FLOAT_EQ(executor.root(1)[0], std::tanh(0.5f)) << "and what comes of it";
    std::fill(store.at("w").begin(), store.at("w").end(), 0.2f);
    EXPECT_FLOAT_EQ(answer(1), stay ? first : 4 * first);
  }
}

TEST(Plan, LeavesOutWhatNobodyWants) {
  Graph graph(4);
  const Value x = graph.input({2}, "x");
  tanh(x);
  const Plan plan = make_plan(graph, {sigmoid(x).id});
  ASSERT_EQ(plan.stages.size(), 1u);
  EXPECT_EQ(plan.stages[0].segment.size(), 1u);
}

TEST(Plan, PutsABarrierOnlyWhereSamplesMeet) {
  Graph graph(64, 8);
  const Value x = graph.input({4}, "x");
  const Value y = tanh(sigmoid(tanh(x)));
  EXPECT_EQ(make_plan(graph, {y.id}).stages.size(), 1u);
  EXPECT_EQ(make_plan(graph, {add_row(y, sum_rows(y)).id}).stages.size(), 2u);
}

TEST(Plan, TakesLargeValuesAFewSamplesAtATimeThroughOpsThatWaitForMemory) {
  Graph graph(64, 32);
  const Value w = graph.parameter({256, 256}, "w");
  const auto chains = [&](Size width) {
    const Value x = graph.input({width, 256}, "x" + std::to_string(width));
    const Value y = dense(tanh(sigmoid(x)), w);
    const Plan plan = make_plan(graph, {tanh(sigmoid(y)).id});
    const OpChain& before = plan.stages.front().chains.back();
    const std::vector<OpChain>& last = plan.stages.back().chains;
    EXPECT_EQ(last.size(), 2u) << plan.text();
    EXPECT_EQ(before.ops.size(), 2u) << plan.text();
    EXPECT_EQ(last.back().ops.size(), 2u) << plan.text();
    EXPECT_EQ(last.front().rows, 32) << "of a product\n" << plan.text();
    EXPECT_EQ(last.back().rows, before.rows);
    return before.rows;
  };
  EXPECT_EQ(chains(1), 32) << "which all fit into a cache";
  EXPECT_EQ(chains(16), 5) << "of three values of 16 KB";
  EXPECT_EQ(chains(1024), 1);
}

TEST(Plan, FillsAWideSlotAtOnce) {
  for (const Size width : {widest_slot, widest_slot + 1}) {
    Graph graph(64, 32);
    const Plan plan = make_plan(graph, {sum_rows(tanh(graph.input({width}, "x"))).id});
    const std::vector<OpChain>& chains = plan.stages.front().chains;
    EXPECT_EQ(chains.back().rows < 32, width == widest_slot) << plan.text();
  }
}

TEST(Plan, IsShownAsATable) {
  Graph graph(64, 8);
  const Value x = graph.input({4}, "x");
  const std::string text = make_plan(graph, {tanh(x).id}).text();
  for (const char* part : {"tanh", "[64, 4]", "rows", "1 stages", "lower bound"})
    EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
}

TEST(Plan, RefusesAPassThatIsNotThere) {
  Graph graph(4);
  const Value x = graph.input({2}, "x");
  EXPECT_THROW(make_plan(graph, {x.id}, {.without_passes = {"magic"}}), Error);
}

}  // namespace goodfit
