// Class weights: samples count as their class says.
//
//   weights     y = w[target]                   target, y: [batch, …, 1]
//   mean        y = Σ L / Σ weight, 0 when all weights are;  L holds its weight already
//
// PyTorch divides by the weights as well, so that a rare class counts more but the loss stays as
// large as without weights. (Where all weights of a batch are 0, PyTorch gives NaN.)
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/row_loss.hpp"
#include "goodfit/compute/ops/sum_rows.hpp"

namespace goodfit {

using ClassWeights = std::vector<double>;  // one for each class; none: all are 1

inline void check_class_weights(const ClassWeights& weights, Size classes, std::string_view loss) {
  if (!weights.empty() && Size(weights.size()) != classes)
    fail("{}.weights has {} numbers, but the model has {} outputs: one for each class is needed",
         loss, weights.size(), classes);
}
template <class T>
T weight_of(const ClassWeights& weights, Size target) {
  return weights.empty() ? T(1) : T(weights[std::size_t(target)]);
}

struct ClassWeightsOp final : PlainOp<ClassWeightsOp> {
  explicit ClassWeightsOp(ClassWeights of) : weights(std::move(of)) {}
  ClassWeights weights;
  std::string_view name() const override { return "class_weights"; }
  std::string settings() const override { return joined(weights, " "); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>
  void work(const Call<T>& c) const {
    for (Size i = c.first(); i < c.first() + c.count(); ++i)
      c.out[i] = weight_of<T>(weights, Size(c.in[0][i]));
  }
};

// Inputs: two scalars. The divisor is made of targets, which have no gradient.
struct DivideOp final : PlainOp<DivideOp> {
  std::string_view name() const override { return "divide"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    c.out[0] = c.in[1][0] > T(0) ? c.in[0][0] / c.in[1][0] : T(0);
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(DivideOp{}, {d, in[1]}), {}};
  }
};

// loss, target: [batch, …, 1] → [1].
inline Value weighted_mean(Value loss, Value target, const ClassWeights& weights) {
  Graph& graph = *loss.graph;
  return graph.add(DivideOp{},
                   {sum_rows(loss), sum_rows(graph.add(ClassWeightsOp(weights), {target}))});
}

}  // namespace goodfit
