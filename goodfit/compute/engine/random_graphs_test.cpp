// The fast plan does what the graph says: random graphs against the interpreter, and all ways to
// plan them against each other.
//
// The bound is not picked by hand but measured for each value, by what rounding does to it (Parker
// 1997, "Monte Carlo Arithmetic"): the graph is computed again in double with every input of every
// op moved at random by a few roundings of float, and the plan may be off by a small multiple of
// what that does to the value, or of its own last place. So a graph that is ill-conditioned is
// allowed its errors and no other is. Where a relu stands closer to its kink than that, its slope
// is chance: such a graph is left out, which the test counts.
#include <gtest/gtest.h>

#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/compute/engine/interpreter.hpp"
#include "goodfit/compute/engine/random_graph.hpp"

namespace goodfit {
namespace {

using Numbers = std::vector<double>;
using Leaves = std::map<Id, std::vector<float>>;

constexpr double unit = 0x1p-24;
constexpr double roundings = 4;  // of each input: library functions err by as much
constexpr int trials = 5;
constexpr double margin = 32;  // pays for the luck of a few trials and for long sums
constexpr std::uint64_t seed_of_run = 5;
constexpr std::uint32_t step_of_run = 3;

double largest(const double* x, Size count) {
  double most = 0;
  for (Size i = 0; i < count; ++i) most = std::max(most, std::abs(x[i]));
  return most;
}
double largest(const Numbers& numbers) { return largest(numbers.data(), Size(numbers.size())); }

// Computes a graph in double, as the interpreter does, and moves what each op reads and makes.
class Shaken {
 public:
  Shaken(const Graph& graph, std::uint64_t seed) : graph_(graph), random_(seed, 0) {
    for (const Node& node : graph.nodes())
      values_.emplace_back(std::size_t(node.shape.count()), node.constant);
  }
  Numbers& at(Id id) { return values_[std::size_t(id)]; }

  void run(Size rows) {
    for (Id id = 0; id < Id(graph_.nodes().size()); ++id) {
      const Node& node = graph_.node(id);
      if (!node.op) continue;
      std::vector<Numbers> moved;
      for (const Id input : node.inputs) {
        moved.push_back(at(input));
        if (graph_.node(input).source != Source::target) shake(moved.back(), 0);
      }
      compute(node, id, moved, graph_.shapes(node.inputs), rows);
      if (!node.op->is_view())
        shake(at(id), hidden(node, moved) + chained(node, rows) * largest(at(id)));
    }
    for (const Id id : graph_.assigned()) at(graph_.node(id).assigned) = at(id);
  }

 private:
  void shake(Numbers& numbers, double more) {
    for (double& x : numbers)
      x += roundings * unit * (2 * random_.uniform() - 1) * (std::abs(x) + more);
  }

  // Alike numbers that are added one by one all round the same way, where trials differ in theirs:
  // the roundings of a chain, over those that the trials and the margin allow already.
  double chained(const Node& node, Size rows) const {
    const std::string_view name = node.op->name();
    if (name != "dense_weight_gradient") return 0;
    const Shape& dy = graph_.node(node.inputs[0]).shape;
    return double(rows * dy.row() / dy.back()) / (roundings * margin);
  }

  // Some ops subtract numbers inside that their inputs do not show: the size of those.
  double hidden(const Node& node, const std::vector<Numbers>& in) const {
    const std::string_view name = node.op->name();
    const auto most = [&](std::size_t i) { return largest(in[i]); };
    if (name == "cross_entropy") return most(0);
    if (const auto* steps = dynamic_cast<const RecurrentStepsOp*>(node.op.get()))
      return steps->cell.kind == Recurrent::gru ? 1 : 0;  // 1 - z of a gate that is nearly open
    if (name == "cross_entropy_backward") return most(2);
    if (name == "batch_norm_backward") return most(1) * most(2) * most(3);
    if (name != "group_norm_backward") return 0;
    double steepest = 0;  // of what scales the blocks, the last third of their statistics
    const Size groups = graph_.node(node.inputs[1]).shape.back();
    for (Size i = 0; i < Size(in[1].size()); ++i)
      if (i / groups % 3 == 2) steepest = std::max(steepest, in[1][std::size_t(i)]);
    return most(2) * most(3) * steepest;
  }

  void compute(const Node& node, Id id, const std::vector<Numbers>& in, const Shapes& shapes,
               Size rows) {
    Call<double> call;
    for (std::size_t i = 0; i < in.size(); ++i) {
      call.in[i] = in[i].data();
      call.shapes[i] = &shapes[i];
    }
    call.out = at(id).data();
    call.shape = &node.shape;
    call.rows = rows;
    call.shard_rows = graph_.shard_rows();
    call.seed = seed_of_run;
    call.step = step_of_run;
    Cut cut{1, 1};
    if (node.spread == Spread::rows) cut = {rows, graph_.shard_rows()};
    if (node.spread == Spread::tiles) cut = node.op->cut(shapes, node.shape);
    if (node.spread == Spread::rows && node.batched) call.item = node.shape.row();
    if (node.spread == Spread::once) call.item = node.shape.count();
    for (Size begin = 0; begin < cut.items; begin += cut.grain, ++call.unit) {
      call.begin = begin;
      call.end = std::min(cut.items, begin + cut.grain);
      if (node.op->is_view())
        std::copy_n(at(node.inputs[0]).data() + call.first(), call.count(),
                    call.out + call.first());
      else
        node.op->reference(call);
    }
  }

  const Graph& graph_;
  Random random_;
  std::vector<Numbers> values_;
};

// A graph with its numbers, what is right, and how far off a plan may be.
struct Case {
  RandomGraph made;
  Leaves leaves;
  Interpreter exact;
  std::vector<double> allowed;  // of each value
  bool on_a_kink = false;

  explicit Case(std::uint64_t seed) : made(seed), exact(made.graph()) {
    const Graph& graph = made.graph();
    for (Id id = 0; id < Id(graph.nodes().size()); ++id)
      if (const Node& node = graph.node(id); !node.op && node.source != Source::constant) {
        leaves[id] = made.numbers(id);
        exact.at(id).assign(leaves[id].begin(), leaves[id].end());
      }
    exact.run(made.rows(), seed_of_run, step_of_run);
    for (Id id = 0; id < Id(graph.nodes().size()); ++id)
      allowed.push_back(1e-36 + margin * unit * largest(exact.at(id).data(), count(id)));
    std::vector<Numbers> seen;
    for (int trial = 0; trial < trials; ++trial) {
      Shaken shaken(graph, seed + std::uint64_t(trial));
      for (const auto& [id, numbers] : leaves) shaken.at(id).assign(numbers.begin(), numbers.end());
      shaken.run(made.rows());
      for (Id id = 0; id < Id(graph.nodes().size()); ++id) {
        double& most = allowed[std::size_t(id)];
        for (Size i = 0; i < count(id); ++i)
          most = std::max(most, margin * std::abs(shaken.at(id)[std::size_t(i)] -
                                                  exact.at(id)[std::size_t(i)]));
      }
      for (const Node& node : graph.nodes())
        if (node.op && node.op->name() == "relu") {
          look_for_kinks(node.inputs[0], shaken);
        } else if (const auto* pool = dynamic_cast<const MaxPoolOp*>(node.op.get())) {
          look_for_close_winners(pool->g, node.inputs[0], shaken);
        }
    }
  }

  Size count(Id id) const {  // numbers that count in this batch
    const Node& node = made.graph().node(id);
    if (node.batched) return made.rows() * node.shape.row();
    const bool slots = node.spread == Spread::rows && node.op;
    return slots ? made.graph().shards(made.rows()) * node.shape.row() : node.shape.count();
  }

  void look_for_kinks(Id id, Shaken& shaken) {
    for (Size i = 0; i < count(id); ++i) {
      const double x = exact.at(id)[std::size_t(i)], y = shaken.at(id)[std::size_t(i)];
      on_a_kink = on_a_kink || ((x != 0 || y != 0) && std::abs(x) <= allowed[std::size_t(id)]);
    }
  }

  // The largest of a window must not change by rounding.
  void look_for_close_winners(const kernels::Pooling& g, Id id, Shaken& shaken) {
    for (Size n = 0; n < made.rows(); ++n) {
      const double *x = exact.at(id).data() + n * g.input_floats(),
                   *y = shaken.at(id).data() + n * g.input_floats();
      kernels::each_window(g, [&](Size, Size top, Size bottom, Size left, Size right) {
        for (Size c = 0; c < g.channels; ++c) {
          const Size winner =
              kernels::reference::largest_in(g, x, c, top, bottom, left, right) * g.channels + c;
          for (Size i = top; i < bottom; ++i)
            for (Size j = left; j < right; ++j) {
              const Size at = (i * g.width.in + j) * g.channels + c;
              const bool the_same = x[at] == x[winner] && y[at] == y[winner];
              on_a_kink = on_a_kink || (at != winner && !the_same &&
                                        x[winner] - x[at] <= 2 * allowed[std::size_t(id)]);
            }
        }
      });
    }
  }
};

Threads& pool(int threads) {
  static Threads one(1), two(2), three(3);
  return threads == 1 ? one : threads == 2 ? two : three;
}

// All roots and all buffers, as a plan computes them after a batch of other numbers.
std::vector<std::vector<float>> outcome(const Case& one, const PlanOptions& options, int threads) {
  const Graph& graph = one.made.graph();
  const Plan plan = make_plan(graph, one.made.roots(), options);
  Store store;
  for (const auto& [id, numbers] : one.leaves)
    if (const Node& node = graph.node(id); node.source != Source::input)
      if (node.source != Source::target)
        store.add(node.name, node.shape, node.source == Source::parameter);
  Executor executor(plan, store, pool(threads));
  const auto fill = [&](bool really) {
    for (const auto& [id, numbers] : one.leaves) {
      const Node& node = graph.node(id);
      const bool fed = node.source == Source::input || node.source == Source::target;
      const Span to = fed ? executor.input(node.name) : store.at(node.name);
      const bool kept = options.weights_stay && !fed;
      for (std::size_t i = 0; i < to.size(); ++i) to[i] = really || kept ? numbers[i] : 1;
    }
  };
  fill(false);
  executor.run(graph.rows(), 1, 1);
  fill(true);
  executor.run(one.made.rows(), seed_of_run, step_of_run);
  std::vector<std::vector<float>> found;
  for (std::size_t i = 0; i < one.made.roots().size(); ++i) {
    const auto root = executor.root(i).first(std::size_t(one.count(one.made.roots()[i])));
    found.emplace_back(root.begin(), root.end());
  }
  for (const Id id : graph.assigned()) {
    const Span buffer = store.at(graph.node(graph.node(id).assigned).name);
    found.emplace_back(buffer.begin(), buffer.end());
  }
  return found;
}

std::vector<std::string> some_passes(Random& random) {
  std::vector<std::string> names;
  for (const Pass& pass : passes())
    if (random.below(2) == 0) names.emplace_back(pass.name);
  return names;
}

void expect_right(Case& one, const std::vector<std::vector<float>>& found) {
  std::vector<Id> ids = one.made.roots();
  for (const Id id : one.made.graph().assigned()) ids.push_back(id);
  for (std::size_t k = 0; k < ids.size(); ++k) {
    const Numbers& wanted = one.exact.at(ids[k]);
    for (std::size_t i = 0; i < found[k].size(); ++i)
      ASSERT_NEAR(found[k][i], wanted[i], one.allowed[std::size_t(ids[k])])
          << "result " << k << " (" << one.made.graph().node(ids[k]).name << "), number " << i
          << " of " << found[k].size();
  }
}

struct Tally {
  int checked = 0, left_out = 0, again = 0;
  std::map<std::string, int> ops;
  std::map<std::string, int> planned;  // those that passes make among them
};

bool made_again(const Node& node) { return node.gradient && node.op->is_cheap(); }

void check_graph(std::uint64_t seed, Tally& tally) {
  SCOPED_TRACE("graph " + std::to_string(seed));
  Case one(seed);
  for (const Node& node : one.made.graph().nodes())
    if (node.op) ++tally.ops[node.name];
  Random random(seed, stream_of("plans"));
  PlanOptions options{.without_passes = some_passes(random), .flops_worth_threads = 0};
  options.share_memory = random.below(4) > 0;
  options.weights_stay = random.below(3) == 0;
  options.large = random.below(3) == 0 ? options.large : 1;
  const bool in_parts = random.below(4) > 0;  // of shards: then sums depend on what is made again
  options.far = random.below(2) == 0 ? options.far : 1;
  options.vast = random.below(2) == 0 ? options.vast : 1;
  const bool any_threads = random.below(2) == 0;
  const auto on = [&](int threads) {
    options.threads = any_threads ? 0 : threads;
    return outcome(one, options, threads);
  };
  options.cached = in_parts ? Size(1) << (4 * (1 + random.below(3))) : Size(1) << 40;
  const Plan plan = make_plan(one.made.graph(), one.made.roots(), options);
  for (const Node& node : plan.graph().nodes())
    if (node.op) ++tally.planned[std::string(node.op->name())], tally.again += made_again(node);
  const auto found = on(1);
  EXPECT_EQ(on(2), found) << "on two threads";
  EXPECT_EQ(on(3), found) << "on three threads";
  options.share_memory = !options.share_memory;
  options.far = options.far == 1 ? PlanOptions{}.far : 1;
  if (!in_parts) options.large = options.large == 1 ? PlanOptions{}.large : 1;
  if (!in_parts) options.vast = options.vast == 1 ? PlanOptions{}.vast : 1;
  EXPECT_EQ(on(1), found) << "share_memory = " << options.share_memory
                          << ", large = " << options.large;
  ++(one.on_a_kink ? tally.left_out : tally.checked);
  if (!one.on_a_kink) expect_right(one, found);
}

void check_graphs(std::uint64_t first, std::uint64_t count, Tally& tally) {
  for (std::uint64_t seed = first; seed < first + count && !testing::Test::HasFailure(); ++seed)
    check_graph(seed, tally);
  EXPECT_LT(tally.left_out * 5, tally.checked);
}

}  // namespace

TEST(RandomGraphs, AThousandGiveWhatTheInterpreterGivesOnAnyPlanAndAnyThreads) {
  Tally tally;
  check_graphs(0, 1200, tally);
  EXPECT_GE(tally.checked, 1000);
  EXPECT_GE(tally.ops.size(), 30u) << "the generator has lost some ops";
  for (const auto& [name, count] : tally.ops) EXPECT_GE(count, 10) << name;
  for (const std::string name :
       {"dense_bias_relu", "batch_norm_relu", "batch_norm_add_relu", "batch_norm_relu_sums",
        "batch_norm_relu_backward", "batch_norm_relu_max_pool", "batch_norm_relu_max_pool_sums",
        "batch_norm_relu_max_pool_backward", "relu_dropout_backward", "pack_winograd"})
    EXPECT_GE(tally.planned[name], 5) << name;
  EXPECT_GE(tally.again, 50) << "values that are made again for gradients";
}

TEST(RandomGraphs, SlowAHundredThousandDoTheSame) {
  Tally tally;
  check_graphs(1200, 100000, tally);
  EXPECT_GE(tally.checked, 85000);
}

}  // namespace goodfit
