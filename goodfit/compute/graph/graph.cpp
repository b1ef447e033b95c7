#include "goodfit/compute/graph/graph.hpp"

#include "goodfit/base/error.hpp"

namespace goodfit {

const Shape& Value::shape() const { return graph->node(id).shape; }
bool Value::batched() const { return graph->node(id).batched; }

OpPointer owned(const Op* op) { return OpPointer(op); }

Values Op::gradient(const Values&, Value, Value) const {
  must(false, "this op has no gradient");
  return {};
}

Value Graph::leaf(Source source, const Shape& shape, bool batched, std::string name) {
  Node node;
  node.source = source;
  node.shape = batched ? shape.with_first(rows_) : shape;
  node.batched = batched;
  node.name = std::move(name);
  nodes_.push_back(std::move(node));
  return {this, Id(nodes_.size()) - 1};
}

Value Graph::input(const Shape& sample, std::string name) {
  return leaf(Source::input, sample, true, std::move(name));
}
Value Graph::target(const Shape& sample, std::string name) {
  return leaf(Source::target, sample, true, std::move(name));
}
Value Graph::parameter(const Shape& shape, std::string name) {
  return leaf(Source::parameter, shape, false, std::move(name));
}
Value Graph::buffer(const Shape& shape, std::string name) {
  return leaf(Source::buffer, shape, false, std::move(name));
}
Value Graph::constant(const Shape& shape, double value) {
  const Value made = leaf(Source::constant, shape, false, "constant");
  nodes_.back().constant = value;
  return made;
}

Value Graph::add(OpPointer op, const Values& inputs) {
  must(inputs.size() <= Call<float>::max_inputs, "an op has at most eight inputs");
  Node node;
  Shapes shapes;
  bool batched = false;
  for (const Value& input : inputs) {
    must(input.graph == this, "an input is a value of another graph");
    node.inputs.push_back(input.id);
    shapes.push_back(input.shape());
    batched = batched || input.batched();
  }
  node.shape = op->shape(shapes);
  node.spread = op->spread(batched, node.shape);
  node.batched = op->batched(node.spread);
  node.name = op->name();
  node.op = std::move(op);
  nodes_.push_back(std::move(node));
  return {this, Id(nodes_.size()) - 1};
}

void Graph::assign(Value buffer, Value value) {
  must(node(buffer.id).source == Source::buffer, "only a buffer can be assigned to");
  must(buffer.shape() == value.shape(), "a buffer takes a value of its own shape");
  nodes_[std::size_t(value.id)].assigned = buffer.id;
}

Shapes Graph::shapes(const std::vector<Id>& ids) const {
  Shapes shapes;
  for (const Id id : ids) shapes.push_back(node(id).shape);
  return shapes;
}

double Graph::flops(const Node& node) const {
  return node.op ? node.op->flops(shapes(node.inputs), node.shape) : 0;
}

std::vector<Id> Graph::assigned() const {
  std::vector<Id> ids;
  for (Id id = 0; id < Id(nodes_.size()); ++id)
    if (node(id).assigned >= 0) ids.push_back(id);
  return ids;
}

Id Graph::copy(const Node& node, std::vector<Id> inputs) {
  Node& made = nodes_.emplace_back(node);
  made.inputs = std::move(inputs);
  if (made.op) made.name = made.op->name();  // which a pass may have replaced
  return Id(nodes_.size()) - 1;
}

void Graph::move_assignments(const std::vector<Id>& moved) {
  for (Node& node : nodes_)
    if (node.assigned >= 0) node.assigned = moved[std::size_t(node.assigned)];
}

}  // namespace goodfit
