// Fuse leaders: ops that can do the work of the one before them as well take it in, when all who
// want its value can: the gradient of relu inside the two ops of a batch_norm's gradient, and then
// that of a max pool behind it.
#pragma once
#include <utility>

#include "goodfit/compute/graph/pass.hpp"

namespace goodfit {

inline Draft fuse_leaders_once(const Draft& from, bool& changed) {
  const Graph& graph = *from.graph;
  const std::vector<bool> needed = live(from);
  const auto fused = [&](const Node& node, std::size_t input) -> Op::Fused {
    const Node& before = graph.node(node.inputs[input]);
    if (!node.op || !before.op || before.assigned >= 0) return {};
    return node.op->preceded_by(graph, node.inputs, int(input));
  };
  std::vector<int> others = uses(from);  // who want a value itself
  for (Id id = 0; id < Id(needed.size()); ++id) {
    const Node& node = graph.node(id);
    for (std::size_t i = 0; needed[std::size_t(id)] && i < node.inputs.size(); ++i)
      if (fused(node, i).op) --others[std::size_t(node.inputs[i])];
  }
  std::vector<Id> moved(needed.size(), -1);
  return rebuild(from, [&](Id id, const std::vector<Id>& inputs, Graph& to) {
    Node node = graph.node(id);
    if (node.op && !needed[std::size_t(id)]) return Id(-1);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (others[std::size_t(node.inputs[i])] > 0) continue;
      const Op::Fused both = fused(node, i);
      if (!both.op) continue;
      changed = true;
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
