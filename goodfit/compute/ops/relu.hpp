// Relu: y = max(x, 0)            dx = dy where y > 0, else 0
//
// Source: Nair & Hinton 2010, "Rectified Linear Units Improve Restricted Boltzmann Machines".
#pragma once
#include "goodfit/compute/ops/activation.hpp"

namespace goodfit {

struct ReluBackwardOp final : ActivationBackward<ReluBackwardOp> {
  std::string_view name() const override { return "relu_backward"; }
  template <class T>
  void loop(const T* y, const T* dy, T* dx, Size n) const {
    using namespace kernels;
    using namespace kernels::reference;
    relu_backward(y, dy, dx, n);
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
