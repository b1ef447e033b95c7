#include "goodfit/train/trainer/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "goodfit/compute/engine/executor.hpp"

namespace goodfit {
namespace {

struct Scaled {
  Id made = -1;                    // the first value of samples that the weight goes into
  std::vector<std::string> parts;  // the parameters that it goes into it as
  Calibration how;
};

// Whatever lies between the parameter and its layer's product is part of the weight: of weight_norm
// the lengths must be divided, too.
std::vector<std::string> parameters_of(const Graph& graph, Id weight) {
  const Node& node = graph.node(weight);
  if (node.source == Source::parameter) return {node.name};
  std::set<std::string> names;
  for (const Id in : node.inputs)
    for (const std::string& name : parameters_of(graph, in)) names.insert(name);
  return {names.begin(), names.end()};
}

Scaled scaled_of(const Graph& graph, const Calibrated& one) {
  std::set<Id> ways{one.weight.id};
  for (Id id = one.weight.id + 1; id < Id(graph.nodes().size()); ++id)
    for (const Id in : graph.node(id).inputs) {
      if (!ways.count(in)) continue;
      if (graph.node(id).batched) return {id, parameters_of(graph, in), one.how};
      ways.insert(id);
    }
  return {};
}

double variance_of(ConstSpan numbers) {
  const auto count = double(numbers.size());
  double mean = 0, squares = 0;
  for (const float x : numbers) mean += double(x) / count;
  for (const float x : numbers) squares += (double(x) - mean) * (double(x) - mean) / count;
  return squares;
}

}  // namespace

void calibrate(const Recipe& recipe, const Portion& train, Store& store, Threads& threads) {
  Graph graph(std::min(recipe.batch, train.count()));
  Net net(graph, store, Mode::train, recipe.seed, {recipe.init, recipe.bias_init});
  build_sequence(net, "layers", recipe.model, graph.input(train.samples->shape, "input"));
  std::vector<Scaled> weights;
  for (const Calibrated& one : net.calibrated()) weights.push_back(scaled_of(graph, one));
  std::erase_if(weights, [](const Scaled& one) { return one.made < 0; });
  if (weights.empty()) return;
  std::stable_sort(weights.begin(), weights.end(),
                   [](const Scaled& a, const Scaled& b) { return a.made < b.made; });

  std::vector<Id> roots;
  for (const Scaled& one : weights) roots.push_back(one.made);
  const Plan plan = make_plan(graph, roots);
  Executor executor(plan, store, threads);
  const std::vector<Size> order = order_of(recipe, train, 0);
  const auto batch = std::span(order).first(std::size_t(graph.rows()));
  std::vector<float> targets(std::size_t(graph.rows() * train.samples->target_width));
  const std::vector<float> new_ones(store.all().begin(), store.all().end());
  const auto put_back = [&](const auto& which) {
    const Span now = store.at(which);
    std::copy_n(new_ones.begin() + (now.data() - store.all().data()), now.size(), now.begin());
  };
  const auto run = [&] {
    train.gather(batch, executor.input("input"), targets);
    executor.run(graph.rows(), recipe.seed, 0);
    for (const Stored& stored : store.tensors())
      if (!stored.trained) put_back(stored);  // running statistics have seen nothing yet
  };

  run();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Scaled& one = weights[i];
    const auto measured = [&] { return variance_of(std::as_const(executor).root(i)); };
    double variance = measured();
    const auto reached = [&] { return std::abs(variance - 1) < one.how.tolerance; };
    bool follows = variance > 0 && std::isfinite(variance);
    Size times = 0;
    for (; follows && times < one.how.iterations && !reached(); ++times) {
      const double last = variance;
      for (const std::string& name : one.parts)
        for (float& w : store.at(name)) w = float(double(w) / std::sqrt(variance));
      run();
      variance = measured();
      // Once is enough for a product, and where it is not, more would only let the weight run away.
      follows = std::abs(std::log(variance)) < std::abs(std::log(last)) / 2;
    }
    if (times == 0 || reached()) continue;
    for (const std::string& name : one.parts) put_back(name);
    run();
  }
}

}  // namespace goodfit
