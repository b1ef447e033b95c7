// Graph: the static graph of a step. It is built once; gradients are values of the same graph.
#pragma once
#include <map>

#include "goodfit/compute/graph/op.hpp"

namespace goodfit {

enum class Source { op, input, target, parameter, buffer, constant };

struct Node {
  OpPointer op;  // null for leaves
  Source source = Source::op;
  std::vector<Id> inputs;
  Shape shape;
  bool batched = false;
  Spread spread = Spread::once;
  std::string name;       // "layers.0.weight"; the op's name for the others
  double constant = 0;    // of a constant: every element
  Id assigned = -1;       // the buffer that takes this value when it is computed, or -1
  bool gradient = false;  // added by the chain rule
};

class Graph {
 public:
  // `rows`: samples of a full batch. `shard_rows`: samples of a shard; part of what is computed, as
  // another size gives other rounding.
  explicit Graph(Size rows, Size shard_rows = 32) : rows_(rows), shard_rows_(shard_rows) {}
  Graph(const Graph&) = delete;  // values point to it
  Graph& operator=(const Graph&) = delete;

  Size rows() const { return rows_; }
  Size shard_rows() const { return shard_rows_; }
  Size shards(Size rows) const { return (rows + shard_rows_ - 1) / shard_rows_; }
  Size shards() const { return shards(rows_); }

  // Leaves. Shapes of inputs and targets are those of one sample.
  Value input(const Shape& sample, std::string name);
  Value target(const Shape& sample, std::string name);
  Value parameter(const Shape& shape, std::string name);
  Value buffer(const Shape& shape, std::string name);  // state that no gradient moves
  Value constant(const Shape& shape, double value);

  Value add(OpPointer op, const Values& inputs);
  template <class O>
  requires std::is_base_of_v<Op, O> Value add(const O& op, const Values& inputs) {
    return add(shared_op(op), inputs);
  }

  // Stores the value into the buffer in every step. Its op must be the last reader of the buffer.
  void assign(Value buffer, Value value);

  const std::vector<Node>& nodes() const { return nodes_; }
  const Node& node(Id id) const { return nodes_[std::size_t(id)]; }
  Shapes shapes(const std::vector<Id>& ids) const;
  double flops(const Node& node) const;  // of a full batch, 0 of leaves
  std::vector<Id> assigned() const;      // values that are stored into buffers

  // Copies a node of another graph, its inputs replaced; for passes.
  Id copy(const Node& node, std::vector<Id> inputs);
  void move_assignments(const std::vector<Id>& moved);  // from old ids to new ones
  void mark_gradients(Id first) {                       // it and all that follow it
    for (Id id = first; id < Id(nodes_.size()); ++id) nodes_[std::size_t(id)].gradient = true;
  }
  Value value(Id id) { return {this, id}; }

 private:
  Value leaf(Source source, const Shape& shape, bool batched, std::string name);
  Size rows_, shard_rows_;
  std::vector<Node> nodes_;  // inputs come before the nodes that use them
};

// The chain rule: d loss / d each of `wanted`, added to the graph. What `loss` does not depend on
// gets zeros. Only the paths that lead to `wanted` are followed: no gradient of the first layer's
// input.
Values gradients(Value loss, const Values& wanted);

}  // namespace goodfit
