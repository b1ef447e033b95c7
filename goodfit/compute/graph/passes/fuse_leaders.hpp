// Fuse leaders: ops that can do the work of the one before them as well take it in, when all who
// want its value can: the gradient of relu inside the two ops of a batch_norm's gradient, and then
// that of a max pool behind it; the gradient of dropout inside that of the relu before it.
#pragma once
#include <utility>

#include "goodfit/compute/graph/pass.hpp"

namespace goodfit {

inline Draft fuse_leaders_once(const Draft& from, bool& changed) {
  const Graph& graph = *from.graph;
  const std::vector<bool> needed = live(from);
  // Takes nothing that would have to be computed for it alone.
  const auto fused = [&](const Node& node, std::size_t input) -> Op::Fused {
    const Node& before = graph.node(node.inputs[input]);
    if (!node.op || !before.op || before.assigned >= 0) return {};
    Op::Fused both = node.op->preceded_by(graph, node.inputs, int(input));
    for (const Id id : both.inputs)
      if (!needed[std::size_t(id)]) return {};
    return both;
  };
  std::vector<int> others = uses(from);  // who want a value itself
  for (Id id = 0; id < Id(needed.size()); ++id) {
    const Node& node = graph.node(id);
    for (std::size_t i = 0; needed[std::size_t(id)] && i < node.inputs.size(); ++i)
      if (fused(node, i).op) --others[std::size_t(node.inputs[i])];
  }
  std::vector<Id> moved(needed.size(), -1);
  std::vector<bool> has_taken(needed.size());  // one in: who may take it in waits for a sweep
  return rebuild(from, [&](Id id, const std::vector<Id>& inputs, Graph& to) {
    Node node = graph.node(id);
    if (node.op && !needed[std::size_t(id)]) return Id(-1);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto before = std::size_t(node.inputs[i]);
      if (others[before] > 0 || has_taken[before]) continue;
      const Op::Fused both = fused(node, i);
      if (!both.op) continue;
      changed = has_taken[std::size_t(id)] = true;
      node.op = both.op;
      std::vector<Id> all;
      for (const Id input : both.inputs) all.push_back(moved[std::size_t(input)]);
      return moved[std::size_t(id)] = to.copy(node, all);
    }
    return moved[std::size_t(id)] = to.copy(node, inputs);
  });
}

inline Draft fuse_leaders(const Draft& from) {
  bool changed = false;
  Draft draft = fuse_leaders_once(from, changed);
  while (std::exchange(changed, false)) draft = fuse_leaders_once(draft, changed);
  return draft;
}

}  // namespace goodfit
