// Tanh: y = tanh x               dx = dy · (1 − y²)
//
// Odd, with slope 1 at 0: the activation that Xavier initialization was derived for.
#pragma once
#include "goodfit/compute/ops/activation.hpp"

namespace goodfit {

struct TanhBackwardOp final : ActivationBackward<TanhBackwardOp> {
  std::string_view name() const override { return "tanh_backward"; }
  template <class T>
  void loop(const T* y, const T* dy, T* dx, Size n) const {
    using namespace kernels;
    using namespace kernels::reference;
    tanh_backward(y, dy, dx, n);
  }
};

struct TanhOp final : Activation<TanhOp, TanhBackwardOp> {
  std::string_view name() const override { return "tanh"; }
  template <class T>
  void loop(const T* x, T* y, Size n) const {
    using namespace kernels;
    using namespace kernels::reference;
    tanh_forward(x, y, n);
  }
};

inline Value tanh(Value x) { return x.graph->add(TanhOp{}, {x}); }

}  // namespace goodfit
