// Interpreter: the graph as it was written, in double, by the scalar references. It is what the
// plan is checked against, and where gradients are compared with finite differences; it is in no
// hurry.
#pragma once
#include <map>
#include <vector>

#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

class Interpreter {
 public:
  // Ops by rows that may be cut anywhere take `at_a_time` samples at a time, 0: a shard.
  explicit Interpreter(const Graph& graph, Size at_a_time = 0);

  // Elements of a leaf, to be filled; of any value, after run().
  std::vector<double>& at(Value value) { return values_[std::size_t(value.id)]; }
  std::vector<double>& at(Id id) { return values_[std::size_t(id)]; }

  // Computes every op; what is assigned is stored in its buffer at the end.
  void run(Size rows, std::uint64_t seed = 0, std::uint32_t step = 0);

 private:
  void run_op(const Node& node, Call<double> call) const;

  const Graph& graph_;
  Size at_a_time_;
  std::vector<std::vector<double>> values_;
};

}  // namespace goodfit
