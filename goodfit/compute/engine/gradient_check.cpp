#include "goodfit/compute/engine/gradient_check.hpp"

#include <cmath>

#include "goodfit/base/random.hpp"
#include "goodfit/compute/engine/interpreter.hpp"
#include "goodfit/compute/ops/penalty.hpp"
#include "goodfit/compute/ops/squared_error.hpp"
#include "goodfit/compute/ops/sum_rows.hpp"

namespace goodfit {
namespace {

void fill_leaves(const Graph& graph, const GradientCheck& how, Interpreter& values) {
  Random random(how.seed, stream_of("gradient_check"));
  for (Id id = 0; id < Id(graph.nodes().size()); ++id) {
    const Node& node = graph.node(id);
    if (node.op || node.source == Source::constant) continue;
    const auto given = how.leaves.find(node.name);
    for (std::size_t i = 0; i < values.at(id).size(); ++i) {
      const double drawn = random.normal();
      values.at(id)[i] = given == how.leaves.end() ? drawn : given->second.at(i);
    }
  }
}

// A scalar that depends on all numbers of y in different ways.
Value one_number(Value y) {
  if (y.batched())
    return sum_rows(squared_error(y, y.graph->target(y.shape().without_first(), "gradient_check")));
  return y.shape().count() == 1 ? y : penalty(y, Norm::squares, 0.5);
}

}  // namespace

double gradient_error(Value y, const Values& wanted, const GradientCheck& how) {
  Graph& graph = *y.graph;
  const Size rows = how.rows > 0 ? how.rows : graph.rows();
  const Value scalar = one_number(y);
  const Values found = gradients(scalar, wanted);

  Interpreter values(graph);
  fill_leaves(graph, how, values);
  std::map<Id, std::vector<double>> state;  // a run moves the buffers
  for (const Id id : graph.assigned())
    state[graph.node(id).assigned] = values.at(graph.node(id).assigned);
  const auto f = [&] {
    for (const auto& [id, numbers] : state) values.at(id) = numbers;
    values.run(rows, how.seed);
    return values.at(scalar)[0];
  };

  Interpreter in_parts(graph, how.at_a_time);
  for (Id id = 0; id < Id(graph.nodes().size()); ++id)
    if (!graph.node(id).op) in_parts.at(id) = values.at(id);
  in_parts.run(rows, how.seed);
  std::vector<std::vector<double>> claimed;
  for (const Value& gradient : found) claimed.push_back(in_parts.at(gradient));
  double worst = 0;
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    const Value leaf = wanted[k];
    double apart = 0, size = 1e-3;
    const Size count = leaf.batched() ? rows * leaf.shape().row() : leaf.shape().count();
    const Size moved = how.most > 0 ? std::min(how.most, count) : count;
    for (Size turn = 0; turn < moved; ++turn) {
      const std::size_t i = std::size_t(turn * count / moved);
      const double x = values.at(leaf)[i], h = how.step * std::max(1.0, std::abs(x));
      const auto at = [&](double moved) {
        values.at(leaf)[i] = x + moved;
        return f();
      };
      const double slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      values.at(leaf)[i] = x;
      apart = std::max(apart, std::abs(slope - claimed[k][i]));
      size = std::max(size, std::abs(slope));
    }
    worst = std::max(worst, apart / size);
  }
  return worst;
}

}  // namespace goodfit
