// Prelu: y = x where x > 0, else a x, with a slope a for each channel.
//
//   x, y: [batch, …, C]   a: [C]        dx = dy where x > 0, else a dy        da = Σ dy min(x, 0)
#pragma once
#include <algorithm>

#include "goodfit/base/error.hpp"
#include "goodfit/compute/ops/sum_rows.hpp"

namespace goodfit {

// Inputs x, dy → dy min(x, 0), what each element adds to da.
struct PreluSlopeOp final : PlainOp<PreluSlopeOp> {
  std::string_view name() const override { return "prelu_slope"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    const T *x = c.in[0] + c.first(), *dy = c.in[1] + c.first();
    T* out = c.out + c.first();
    for (Size i = 0; i < c.count(); ++i) out[i] = dy[i] * std::min(x[i], T(0));
  }
};

// Inputs x, a, and for the gradient of x also dy; by itself it takes x in place of dy.
struct PreluOp final : PlainOp<PreluOp> {
  explicit PreluOp(bool of_gradient) : backward(of_gradient) {}
  bool backward;
  std::string_view name() const override { return backward ? "prelu_backward" : "prelu"; }
  Shape shape(const Shapes& in) const override {
    if (in[1].rank() != 1 || in[1].back() != in[0].back())
      fail("prelu: {} slopes do not fit an input of shape {}", in[1].back(), in[0].text());
    return in[0];
  }
  bool may_overwrite(int input) const override { return input != 1; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0);
    const T *x = c.batch(0), *a = c.in[1], *from = backward ? c.batch(2) : x;
    T* out = c.out + c.first();
    for (Size r = 0, i = 0; r < c.vectors(0); ++r)
      for (Size j = 0; j < width; ++j, ++i) out[i] = x[i] > 0 ? from[i] : a[j] * from[i];
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    Graph& graph = *dy.graph;
    return {graph.add(PreluOp(true), {in[0], in[1], dy}),
            sum_rows(graph.add(PreluSlopeOp{}, {in[0], dy}))};
  }
};

inline Value prelu(Value x, Value slopes) { return x.graph->add(PreluOp(false), {x, slopes}); }

}  // namespace goodfit
