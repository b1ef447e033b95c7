// Fuse leaders: ops that can do the work of the one before them as well take it in, when all who
// want its value can: the gradient of relu inside the two ops of a batch_norm's gradient.
#pragma once
#include "goodfit/compute/graph/pass.hpp"

namespace goodfit {

inline Draft fuse_leaders(const Draft& from) {
  const Graph& graph = *from.graph;
  const auto both = [&](const Node& node, std::size_t input) -> OpPointer {
    const Node& before = graph.node(node.inputs[input]);
    if (!node.op || !before.op || before.assigned >= 0) return nullptr;
    return node.op->preceded_by(int(input), *before.op);
  };
  std::vector<int> others = uses(from);  // who want a value itself
  for (const Node& node : graph.nodes())
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
      if (both(node, i)) --others[std::size_t(node.inputs[i])];
  return rebuild(from, [&](Id id, const std::vector<Id>& inputs, Graph& to) {
    const Node& node = graph.node(id);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (others[std::size_t(node.inputs[i])] > 0) continue;
      const OpPointer fused = both(node, i);
      if (!fused) continue;
      const std::vector<Id> taken = to.node(inputs[i]).inputs;
      std::vector<Id> all(inputs.begin(), inputs.begin() + std::ptrdiff_t(i));
      all.insert(all.end(), taken.begin(), taken.end());
      all.insert(all.end(), inputs.begin() + std::ptrdiff_t(i) + 1, inputs.end());
      Node one = node;
      one.op = fused;
      return to.copy(one, std::move(all));
    }
    return to.copy(node, inputs);
  });
}

}  // namespace goodfit
