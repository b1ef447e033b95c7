// Relu: y = max(x, 0)            dx = dy where y > 0, else 0
//
// Source: Nair & Hinton 2010, "Rectified Linear Units Improve Restricted Boltzmann Machines".
#pragma once
#include "goodfit/compute/ops/activation.hpp"
#include "goodfit/compute/ops/dropout.hpp"

namespace goodfit {

// dx = factor · dy where y > 0; y is the relu's, or what dropout has left of it.
struct ReluBackwardOp final : ActivationBackward<ReluBackwardOp> {
  bool of_dropped = false;
  double factor = 1;
  std::string_view name() const override {
    return of_dropped ? "relu_dropout_backward" : "relu_backward";
  }
  std::string settings() const override { return of_dropped ? formatted("{}", factor) : ""; }
  // The gradient of dropout, which would draw again what its output shows.
  Op::Fused preceded_by(const Graph& graph, const std::vector<Id>& inputs,
                        int input) const override {
    const Node& drop = graph.node(inputs[1]);
    const auto* kept = dynamic_cast<const DropoutOp*>(drop.op.get());
    if (input != 1 || !kept) return {};
    for (Id id = 0; id < inputs[1]; ++id) {
      const Node& left = graph.node(id);
      if (!dynamic_cast<const DropoutOp*>(left.op.get()) || left.inputs[0] != inputs[0] ||
          left.op->settings() != kept->settings())
        continue;
      ReluBackwardOp both = *this;
      both.of_dropped = true;
      both.factor = factor * kept->drop.factor;
      return {shared_op(both), {id, drop.inputs[0]}};
    }
    return {};
  }
  template <class T>
  void loop(const T* y, const T* dy, T* dx, Size n) const {
    using namespace kernels;
    using namespace kernels::reference;
    relu_backward(y, dy, dx, n, factor);
  }
};

struct ReluOp final : Activation<ReluOp, ReluBackwardOp> {
  std::string_view name() const override { return "relu"; }
  template <class T>
  void loop(const T* x, T* y, Size n) const {
    using namespace kernels;
    using namespace kernels::reference;
    relu(x, y, n);
  }
};

inline Value relu(Value x) { return x.graph->add(ReluOp{}, {x}); }

}  // namespace goodfit
