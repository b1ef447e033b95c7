// Prepare weights: what an op wants in another layout (panels of a matrix) is made once a step, by
// an op of its own, and shared by all that want the same.
#pragma once
#include "goodfit/compute/graph/pass.hpp"

namespace goodfit {

inline Draft prepare_weights(const Draft& from) {
  std::map<std::pair<std::string, Id>, Id> made;
  return rebuild(from, [&](Id id, std::vector<Id> inputs, Graph& to) {
    Node node = from.graph->node(id);
    if (!node.op) return to.copy(node, inputs);
    const Op::Prepared prepared = node.op->prepared(to.shapes(inputs));
    if (!prepared.op) return to.copy(node, inputs);
    Id& input = inputs[std::size_t(prepared.input)];
    const std::string key =
        std::string(prepared.preparation->name()) + " " + prepared.preparation->settings();
    const auto [known, fresh] = made.try_emplace({key, input}, -1);
    if (fresh) known->second = to.add(prepared.preparation, {to.value(input)}).id;
    input = known->second;
    node.op = prepared.op;
    return to.copy(node, inputs);
  });
}

}  // namespace goodfit
