#include "goodfit/compute/graph/pass.hpp"

#include <algorithm>

#include "goodfit/base/error.hpp"
#include "goodfit/compute/graph/passes/catalogue.hpp"

namespace goodfit {

std::span<const Pass> passes() { return all_passes; }

Draft run_passes(Draft draft, const std::vector<std::string>& without) {
  std::vector<std::string> known;
  for (const Pass& pass : passes()) known.emplace_back(pass.name);
  for (const std::string& name : without)
    if (std::find(known.begin(), known.end(), name) == known.end())
      fail_unknown("--no-pass", "pass", name, known);
  for (const Pass& pass : passes())
    if (std::find(without.begin(), without.end(), pass.name) == without.end())
      draft = pass.run(draft);
  return draft;
}

Draft rebuild(const Draft& from,
              const std::function<Id(Id, const std::vector<Id>&, Graph&)>& visit) {
  Draft to{std::make_unique<Graph>(from.graph->rows(), from.graph->shard_rows()), {}, from.large};
  std::vector<Id> moved(from.graph->nodes().size(), -1);
  for (Id id = 0; id < Id(moved.size()); ++id) {
    std::vector<Id> inputs;
    for (const Id input : from.graph->node(id).inputs) inputs.push_back(moved[std::size_t(input)]);
    moved[std::size_t(id)] = visit(id, inputs, *to.graph);
  }
  to.graph->move_assignments(moved);
  for (const Id root : from.roots) to.roots.push_back(moved[std::size_t(root)]);
  return to;
}

std::vector<bool> live(const Draft& draft) {
  const Graph& graph = *draft.graph;
  std::vector<bool> live(graph.nodes().size(), false);
  for (const Id root : draft.roots) live[std::size_t(root)] = true;
  for (const Id id : graph.assigned()) live[std::size_t(id)] = true;
  for (std::size_t id = live.size(); id-- > 0;)
    if (live[id])
      for (const Id input : graph.node(Id(id)).inputs) live[std::size_t(input)] = true;
  return live;
}

std::vector<int> uses(const Draft& draft) {
  std::vector<int> count(draft.graph->nodes().size(), 0);
  const std::vector<bool> needed = live(draft);
  for (std::size_t id = 0; id < needed.size(); ++id)
    if (needed[id])
      for (const Id input : draft.graph->node(Id(id)).inputs) ++count[std::size_t(input)];
  for (const Id root : draft.roots) ++count[std::size_t(root)];
  for (const Id id : draft.graph->assigned()) ++count[std::size_t(id)];
  return count;
}

}  // namespace goodfit
