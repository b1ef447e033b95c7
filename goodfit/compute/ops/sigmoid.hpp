// Sigmoid: y = 1 / (1 + e^-x)    dx = dy · y (1 − y)
//
// Saturates for |x| above about 5, where its gradient fades.
#pragma once
#include "goodfit/compute/ops/activation.hpp"

namespace goodfit {

struct SigmoidBackwardOp final : ActivationBackward<SigmoidBackwardOp> {
  std::string_view name() const override { return "sigmoid_backward"; }
  template <class T>
  void loop(const T* y, const T* dy, T* dx, Size n) const {
    using namespace kernels;
    using namespace kernels::reference;
    sigmoid_backward(y, dy, dx, n);
  }
};

struct SigmoidOp final : Activation<SigmoidOp, SigmoidBackwardOp> {
  std::string_view name() const override { return "sigmoid"; }
  template <class T>
  void loop(const T* x, T* y, Size n) const {
    using namespace kernels;
    using namespace kernels::reference;
    sigmoid(x, y, n);
  }
};

inline Value sigmoid(Value x) { return x.graph->add(SigmoidOp{}, {x}); }

}  // namespace goodfit
