#include "goodfit/train/trainer/breakdown.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "goodfit/base/text.hpp"
#include "goodfit/compute/engine/executor.hpp"

namespace goodfit {
namespace {

struct Passed {
  std::string place;
  Value out;
};

}  // namespace

std::string breakdown(const Recipe& recipe, const BrokenBatch& batch, Store& store,
                      Threads& threads) {
  const auto no_number = [](float x) { return !std::isfinite(x); };
  for (const Stored& stored : store.tensors()) {
    const Span w = store.at(stored);
    const auto bad = std::find_if(w.begin(), w.end(), no_number);
    if (stored.trained && bad != w.end())
      return fmt::format("{} holds {} since the step before", stored.name, number_text(*bad));
  }
  Graph graph(Size(batch.numbers.size()));
  Net net(graph, store, Mode::train, recipe.seed, {recipe.init, recipe.bias_init});
  std::vector<Passed> passed;
  std::set<Id> seen;
  net.watch = [&](const std::string& scope, const Layer& layer, Value, Value out) {
    if (graph.node(out.id).op && seen.insert(out.id).second)
      passed.push_back({fmt::format("{} ({})", scope, layer.key()), out});
  };
  build_sequence(net, "layers", recipe.model, graph.input(batch.sample, "input"));
  std::vector<Id> roots;
  for (const Passed& one : passed) roots.push_back(one.out.id);
  const Plan plan = make_plan(graph, roots);
  Executor executor(plan, store, threads);
  std::copy(batch.features.begin(), batch.features.end(), executor.input("input").begin());
  executor.run(graph.rows(), batch.seed, batch.step);

  const auto sample_of = [&](std::size_t root, std::size_t at) {
    return batch.numbers[at / std::size_t(passed[root].out.shape().row())];
  };
  for (std::size_t i = 0; i < passed.size(); ++i) {
    const ConstSpan y = std::as_const(executor).root(i);
    const auto bad = std::find_if(y.begin(), y.end(), no_number);
    if (bad != y.end())
      return fmt::format("{} gives {} for sample {}", passed[i].place, number_text(*bad),
                         sample_of(i, std::size_t(bad - y.begin())));
  }
  const ConstSpan y = std::as_const(executor).root(passed.size() - 1);
  const auto most = std::max_element(y.begin(), y.end(),
                                     [](float a, float b) { return std::abs(a) < std::abs(b); });
  return fmt::format("{} gives {:.3g} for sample {}, too large for the loss", passed.back().place,
                     *most, sample_of(passed.size() - 1, std::size_t(most - y.begin())));
}

}  // namespace goodfit
