// Fuse followers: an op that can do the next one's work as well takes it in, when nobody else wants
// what lies between: dense + bias + relu, batch_norm + residual + relu.
#pragma once
#include "goodfit/compute/graph/pass.hpp"

namespace goodfit {

inline Draft fuse_followers(const Draft& from) {
  std::vector<int> used = uses(from);
  std::vector<int> used_after;  // of the new graph's values: only they are followed
  return rebuild(from, [&](Id id, const std::vector<Id>& inputs, Graph& to) {
    const Node& node = from.graph->node(id);
    used_after.resize(to.nodes().size() + 1, 0);
    used_after.back() = used[std::size_t(id)];
    if (node.op && !inputs.empty() && node.assigned < 0) {
      const Id producer = inputs[0];
      const Node before = to.node(producer);
      const OpPointer fused =
          before.op && before.assigned < 0 && used_after[std::size_t(producer)] == 1
              ? before.op->followed_by(*node.op)
              : nullptr;
      if (fused) {
        std::vector<Id> all = before.inputs;
        all.insert(all.end(), inputs.begin() + 1, inputs.end());
        Node both = node;
        both.op = fused;
        return to.copy(both, std::move(all));
      }
    }
    return to.copy(node, inputs);
  });
}

}  // namespace goodfit
