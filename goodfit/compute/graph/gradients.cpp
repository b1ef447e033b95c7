// The chain rule, in reverse order of the graph.
#include "goodfit/base/error.hpp"
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

Values gradients(Value loss, const Values& wanted) {
  Graph& graph = *loss.graph;
  must(loss.shape().count() == 1 && !loss.batched(), "gradients start at a scalar");
  const std::size_t count = std::size_t(loss.id) + 1;  // ops added below are not walked
  std::vector<bool> leads(count, false);               // to one of the wanted values
  for (const Value& value : wanted)
    if (value.id <= loss.id) leads[std::size_t(value.id)] = true;
  for (std::size_t id = 0; id < count; ++id)
    for (const Id input : graph.node(Id(id)).inputs)
      if (leads[std::size_t(input)]) leads[id] = true;

  Values d(count);
  d[std::size_t(loss.id)] = graph.constant(loss.shape(), 1.0);
  for (std::size_t id = count; id-- > 0;) {
    if (!leads[id] || !d[id] || !graph.node(Id(id)).op) continue;
    const Node node = graph.node(Id(id));  // a copy: adding values moves the nodes
    Values inputs;
    for (const Id input : node.inputs) inputs.push_back(graph.value(input));
    const Values parts = node.op->gradient(inputs, graph.value(Id(id)), d[id]);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::size_t input = std::size_t(node.inputs[i]);
      if (!parts[i] || !leads[input]) continue;
      must(parts[i].shape() == inputs[i].shape(), "a gradient has the shape of its value");
      d[input] = d[input] ? add(d[input], parts[i]) : parts[i];
    }
  }
  graph.mark_gradients(Id(count));
  Values found;
  for (const Value& value : wanted) {
    const bool reached = value.id <= loss.id && d[std::size_t(value.id)];
    found.push_back(reached ? d[std::size_t(value.id)] : graph.constant(value.shape(), 0.0));
  }
  return found;
}

}  // namespace goodfit
