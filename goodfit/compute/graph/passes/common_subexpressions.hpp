// Common subexpressions: two ops of one name with equal settings and equal inputs are one value.
#pragma once
#include <tuple>

#include "goodfit/compute/graph/pass.hpp"

namespace goodfit {

inline Draft common_subexpressions(const Draft& from) {
  std::map<std::tuple<std::string, std::string, std::vector<Id>>, Id> known;
  std::map<std::pair<double, std::string>, Id> constants;
  return rebuild(from, [&](Id id, const std::vector<Id>& inputs, Graph& to) {
    const Node& node = from.graph->node(id);
    Id* first = nullptr;
    if (node.source == Source::constant)
      first = &constants.try_emplace({node.constant, node.shape.text()}, -1).first->second;
    else if (node.op && node.assigned < 0)
      first = &known.try_emplace({std::string(node.op->name()), node.op->settings(), inputs}, -1)
                   .first->second;
    if (!first) return to.copy(node, inputs);
    return *first >= 0 ? *first : *first = to.copy(node, inputs);
  });
}

}  // namespace goodfit
