// Activation: what all elementwise functions of one value share; the gradient is taken from the
// output.
//
//   y = f(x)        dx = dy · f'(x), written in y
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/elementwise/elementwise.hpp"
#include "goodfit/compute/kernels/elementwise/elementwise_reference.hpp"

namespace goodfit {

// Inputs y, dy. Derived has `loop(y, dy, dx, n)` for float and double.
template <class Derived>
struct ActivationBackward : PlainOp<Derived> {
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input == 1; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size first = c.first();
    static_cast<const Derived*>(this)->loop(c.in[0] + first, c.in[1] + first, c.out + first,
                                            c.count());
  }
};

// Input x. Derived has `loop(x, y, n)`.
template <class Derived, class Backward>
struct Activation : PlainOp<Derived> {
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    static_cast<const Derived*>(this)->loop(c.in[0] + c.first(), c.out + c.first(), c.count());
  }
  Values gradient(const Values&, Value y, Value dy) const override {
    return {y.graph->add(Backward{}, {y, dy})};
  }
};

}  // namespace goodfit
