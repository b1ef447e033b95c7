#include "goodfit/compute/graph/split.hpp"

#include <algorithm>

namespace goodfit {

DrawSplit split_draws(const Graph& graph, Id wanted) {
  const std::size_t count = graph.nodes().size();
  std::vector<bool> drawn(count, false), read(count, false);
  for (std::size_t id = 0; id < count; ++id) {
    const Node& node = graph.node(Id(id));
    drawn[id] = (node.op && node.op->draws()) ||
                std::any_of(node.inputs.begin(), node.inputs.end(),
                            [&](Id input) { return drawn[std::size_t(input)]; });
  }
  DrawSplit split{{}, {}, true};
  // What is fixed and of samples ends the way back; weights and what is made of them are read
  // again.
  const auto is_cut = [&](std::size_t id) { return !drawn[id] && graph.node(Id(id)).batched; };
  read[std::size_t(wanted)] = true;
  for (std::size_t id = count; id-- > 0;) {
    const Node& node = graph.node(Id(id));
    if (!read[id] || is_cut(id)) continue;
    for (const Id input : node.inputs) read[std::size_t(input)] = true;
    if (drawn[id] && !node.batched) split.samples_alone = false;
  }
  Draft whole{std::make_unique<Graph>(graph.rows(), graph.shard_rows()), {wanted}};
  for (const Node& node : graph.nodes()) whole.graph->copy(node, node.inputs);
  split.drawn = rebuild(whole, [&](Id id, const std::vector<Id>& inputs, Graph& to) -> Id {
    const Node& node = graph.node(id);
    if (!read[std::size_t(id)]) return -1;
    if (!is_cut(std::size_t(id))) return to.copy(node, inputs);
    split.fixed.push_back(id);
    return to.input(node.shape.without_first(), "fixed." + std::to_string(split.fixed.size() - 1))
        .id;
  });
  return split;
}

}  // namespace goodfit
