// Glu: y = a σ(b)        x: [batch, …, 2 n] = [a, b] along the last axis   y: [batch, …, n]
//
//   da = dy σ(b)        db = dy a σ(b) (1 − σ(b))
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/compute/ops/pointwise.hpp"

namespace goodfit {

// Inputs x, dy.
struct GluBackwardOp final : PlainOp<GluBackwardOp> {
  std::string_view name() const override { return "glu_backward"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size n = c.channels(1);
    const T *x = c.batch(0), *dy = c.batch(1);
    T* dx = c.out + c.first();
    for (Size r = c.vectors(1); r > 0; --r, x += 2 * n, dy += n, dx += 2 * n)
      for (Size j = 0; j < n; ++j) {
        const T s = logistic(x[n + j]);
        dx[j] = dy[j] * s;
        dx[n + j] = dy[j] * x[j] * s * (1 - s);
      }
  }
};

struct GluOp final : PlainOp<GluOp> {
  std::string_view name() const override { return "glu"; }
  Shape shape(const Shapes& in) const override {
    if (in[0].back() % 2 != 0)
      fail("glu: the last axis is cut in two halves, but an input of shape {} has {} there",
           in[0].text(), in[0].back());
    Shape out = in[0];
    out[out.rank() - 1] /= 2;
    return out;
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size n = c.shape->back();
    const T* x = c.batch(0);
    T* y = c.out + c.first();
    for (Size r = c.vectors(0); r > 0; --r, x += 2 * n, y += n)
      for (Size j = 0; j < n; ++j) y[j] = x[j] * logistic(x[n + j]);
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    return {dy.graph->add(GluBackwardOp{}, {in[0], dy})};
  }
};

// Throws Error when the last axis is odd.
inline Value glu(Value x) { return x.graph->add(GluOp{}, {x}); }

}  // namespace goodfit
