#include "goodfit/compute/engine/plan.hpp"

#include <gtest/gtest.h>

#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/compute/engine/random_graph.hpp"

namespace goodfit {
namespace {

struct Life {
  int born = 0, dies = 0;   // moments: one op each, in the order of the plan
  int first = 0, last = 0;  // stages
  int first_chain = 0, last_chain = 0;
  bool one_segment = true;        // only ops of its own segment read it
  std::vector<Id> read_at_birth;  // what the op that makes it reads
};

struct Step {
  Id id;
  int stage, chain;  // -1: in none
};

std::vector<Step> steps_of(const Plan& plan) {
  std::vector<Step> steps;
  int chain = 0;
  for (int s = 0; s < int(plan.stages.size()); ++s) {
    for (const Id id : plan.stages[std::size_t(s)].before) steps.push_back({id, s, -1});
    for (const OpChain& one : plan.stages[std::size_t(s)].chains) {
      for (const Id id : one.ops) steps.push_back({id, s, chain});
      ++chain;
    }
    for (const Id id : plan.stages[std::size_t(s)].tiled) steps.push_back({id, s, -1});
  }
  return steps;
}

// When each place of the memories is in use, found from the stages alone.
std::map<Id, Life> lives_of(const Plan& plan) {
  std::map<Id, Life> lives;
  const int never = 1 << 20;
  for (Id id = 0; id < Id(plan.graph().nodes().size()); ++id)
    if (const Node& node = plan.graph().node(id); !node.op && plan.offset[std::size_t(id)] >= 0)
      lives[id] = {0, never, 0, never, 0, never, false, {}};  // fed or constant: always there
  const std::vector<Step> steps = steps_of(plan);
  for (int moment = 1; moment <= int(steps.size()); ++moment) {
    const Step& step = steps[std::size_t(moment) - 1];
    const Node& node = plan.graph().node(step.id);
    if (plan.storage[std::size_t(step.id)] == step.id) {
      Life& life = lives[step.id] = {moment,     moment,     step.stage,      step.stage,
                                     step.chain, step.chain, step.chain >= 0, {}};
      for (std::size_t i = 0; i < node.inputs.size(); ++i)
        if (node.op->may_overwrite(int(i)))
          life.read_at_birth.push_back(plan.storage[std::size_t(node.inputs[i])]);
    }
    for (const Id input : node.inputs) {
      Life& life = lives[plan.storage[std::size_t(input)]];
      life.dies = std::max(life.dies, moment);
      life.last = std::max(life.last, step.stage);
      life.last_chain = std::max(life.last_chain, step.chain);
      life.one_segment &= step.chain >= 0 && life.first == step.stage;
    }
  }
  for (const Id root : plan.draft.roots) {
    Life& life = lives[plan.storage[std::size_t(root)]];
    life.dies = life.last = never;
    life.one_segment = false;
  }
  return lives;
}

using Range = std::pair<Size, Size>;  // of the arena

std::vector<Range> memory_of(const Plan& plan, Id id, const Life& life) {
  const Size at = plan.offset[std::size_t(id)];
  const Node& node = plan.graph().node(id);
  if (at < 0) return {};
  if (!plan.local[std::size_t(id)])
    return {{at, at + (node.op ? node.op->floats(node.shape) : node.shape.count())}};
  std::vector<Range> ranges;
  for (int thread = 0; thread < plan.threads; ++thread) {
    const Size begin = at + thread * plan.stages[std::size_t(life.first)].local_floats;
    ranges.push_back({begin, begin + node.shape.row() * plan.graph().shard_rows()});
  }
  return ranges;
}

bool meet(const std::vector<Range>& some, const std::vector<Range>& others) {
  for (const Range& a : some)
    for (const Range& b : others)
      if (a.first < b.second && b.first < a.second) return true;
  return false;
}

bool may_share(const Plan& plan, Id a, const Life& x, Id b, const Life& y) {
  if (x.born > y.born) return may_share(plan, b, y, a, x);
  if (x.last < y.first) return true;
  const bool local = plan.local[std::size_t(a)];
  if (local != plan.local[std::size_t(b)]) return false;
  if (local && x.last_chain < y.first_chain) return true;
  // In one stage threads are at different places: their shards must not meet. A thread takes some
  // samples at a time through a chain: what it makes of one must not meet what it made of another.
  const Node &first = plan.graph().node(a), &second = plan.graph().node(b);
  const bool aligned = plan.offset[std::size_t(a)] == plan.offset[std::size_t(b)] &&
                       first.batched && second.batched && first.shape.row() == second.shape.row();
  const bool handed_on =
      x.dies == y.born && std::count(y.read_at_birth.begin(), y.read_at_birth.end(), a) > 0;
  return aligned && (x.dies < y.born || handed_on);
}

}  // namespace

TEST(Plan, NeverPutsTwoLivingValuesInOnePlace) {
  int shared = 0, local = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RandomGraph made(seed);
    const Plan plan = make_plan(made.graph(), made.roots(), {.threads = int(seed % 3)});
    const std::map<Id, Life> lives = lives_of(plan);
    for (auto a = lives.begin(); a != lives.end(); ++a)
      for (auto b = std::next(a); b != lives.end(); ++b) {
        if (!meet(memory_of(plan, a->first, a->second), memory_of(plan, b->first, b->second)))
          continue;
        ++shared;
        local += plan.local[std::size_t(a->first)] && plan.local[std::size_t(b->first)];
        EXPECT_TRUE(may_share(plan, a->first, a->second, b->first, b->second))
            << "graph " << seed << ": %" << a->first << " and %" << b->first << "\n"
            << plan.text();
      }
  }
  EXPECT_GT(shared, 1000);
  EXPECT_GT(local, 100);
}

TEST(Plan, GivesAThreadWhatNoOtherNeeds) {
  int local = 0, placed = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RandomGraph made(seed);
    const int threads = 1 + int(seed % 3);
    const Plan plan = make_plan(made.graph(), made.roots(), {.threads = threads});
    const std::map<Id, Life> lives = lives_of(plan);
    for (const auto& [id, life] : lives) {
      if (plan.offset[std::size_t(id)] < 0) continue;
      const Node& node = plan.graph().node(id);
      const auto fits = [&](Id input) {
        const Node& one = plan.graph().node(input);
        return one.op && one.shape.row() == node.shape.row() &&
               one.op->floats(one.shape) == node.op->floats(node.shape);
      };
      const auto last = std::find_if(life.read_at_birth.rbegin(), life.read_at_birth.rend(), fits);
      const bool in_place = last != life.read_at_birth.rend() && !plan.local[std::size_t(*last)] &&
                            lives.at(*last).dies == life.born;
      const bool alone = life.one_segment && node.batched && threads < plan.graph().shards();
      EXPECT_EQ(plan.local[std::size_t(id)], alone && !in_place)
          << "graph " << seed << ": %" << id << "\n"
          << plan.text();
      local += plan.local[std::size_t(id)];
      placed += alone && in_place;
    }
  }
  EXPECT_GT(local, 1000);
  EXPECT_GT(placed, 0);
}

TEST(Plan, OfSamplesThatNeverMeetNeedsNoMoreMemoryForMoreOfThem) {
  const auto memory = [](Size rows) {
    Graph graph(rows, 8);
    const Value x = tanh(sigmoid(tanh(graph.input({64}, "x"))));
    const Plan plan = make_plan(graph, {sum_rows(x).id}, {.threads = 2});
    return plan.arena_floats - rows * 64;  // beside what is fed
  };
  EXPECT_LE(memory(1024), memory(64) + 1024 / 8 * 64) << "a slot for each shard";
}

TEST(Plan, KeepsAValueInsideTheArenaOnItsOwnLines) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const RandomGraph made(seed);
    const Plan plan = make_plan(made.graph(), made.roots(), {.threads = int(seed % 3)});
    for (const auto& [id, life] : lives_of(plan))
      for (const auto& [begin, end] : memory_of(plan, id, life)) {
        EXPECT_EQ(begin % 16, 0);
        EXPECT_LE(end, plan.arena_floats);
      }
  }
}

TEST(Plan, NeedsNoLessThanTheBoundAndMoreWithoutSharing) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const RandomGraph made(seed);
    const Plan plan = make_plan(made.graph(), made.roots(), {.threads = int(seed % 3)});
    EXPECT_GE(plan.arena_floats, plan.bound_floats);
    EXPECT_GE(make_plan(made.graph(), made.roots(), {.share_memory = false}).arena_floats,
              plan.arena_floats);
  }
}

Value loss_of_ten_classes(Value x) {
  Graph& graph = *x.graph;
  const Value logits = dense(x, graph.parameter({10, x.shape().back()}, "last"));
  return mean_rows(cross_entropy(logits, graph.target({1}, "class")));
}

TEST(Plan, OfANetNeedsLessThanHalfAsMuchAgainAsTheBound) {
  Graph graph(128);
  Value x = graph.input({256}, "x");
  Values weights;
  for (int layer = 0; layer < 4; ++layer) {
    weights.push_back(graph.parameter({256, 256}, "w" + std::to_string(layer)));
    x = tanh(dense(x, weights.back()));
  }
  const Value loss = loss_of_ten_classes(x);
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
  const Value loss = loss_of_ten_classes(x);
  const std::vector<Id> roots{loss.id, gradients(loss, {w})[0].id};
  const Size kept = make_plan(graph, roots, {.large = 128 * 256 + 1}).arena_floats;
  const Size again = make_plan(graph, roots, {.large = 128 * 256}).arena_floats;
  EXPECT_LE(again, kept - 128 * 256);
}

TEST(Plan, MakesVastPanelsOneAfterTheOther) {
  Graph graph(8);
  Value x = graph.input({256}, "x");
  for (int layer = 0; layer < 6; ++layer)
    x = tanh(dense(x, graph.parameter({256, 256}, "w" + std::to_string(layer))));
  const Size panels = 256 * 256;
  const auto plan = [&](Size vast, bool weights_stay) {
    return make_plan(graph, {x.id}, {.weights_stay = weights_stay, .vast = vast});
  };
  const Plan together = plan(panels + 1, false), apart = plan(panels, false);
  EXPECT_GE(together.arena_floats, 6 * panels);
  EXPECT_LT(apart.arena_floats, 3 * panels) << apart.text();
  EXPECT_EQ(apart.stages.size(), together.stages.size() + 5);
  EXPECT_EQ(plan(panels, true).stages.size(), together.stages.size()) << "they are all kept";
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
  EXPECT_EQ(steps_of(plan).size(), 1u);
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
