// Max pool: y[n, o, q, c] = the largest x in the window of (o, q); padding never wins.
//
//   x: [batch, H, W, C]   y: [batch, OH, OW, C]        dx = Σ dy of the windows that it wins
//
// Of equal elements the first wins, row by row, as in PyTorch. Which one is found again in the
// backward pass from x, so that nothing need be kept.
#pragma once
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/pooling/pooling_reference.hpp"
#include "goodfit/compute/ops/window.hpp"

namespace goodfit {

inline std::string text(const kernels::Pooling& g) { return text(g.height) + ", " + text(g.width); }

// The geometry of pooling x; throws Error, which begins with `what`, when the windows do not fit.
inline kernels::Pooling pooling_of(Value x, const Windows& windows, std::string_view what) {
  if (x.shape().rank() != 4) fail("{}: an image has shape [height, width, channels]", what);
  for (const Window& window : {windows.height, windows.width})
    if (2 * std::max(window.before, window.after) > window.kernel)
      fail("{}: padding of {} is more than half of a window of {}", what,
           std::max(window.before, window.after), window.kernel);
  return {windows.height.on(x.shape()[1], what), windows.width.on(x.shape()[2], what),
          x.shape().back()};
}

// Inputs x, dy.
struct MaxPoolBackwardOp final : PlainOp<MaxPoolBackwardOp> {
  explicit MaxPoolBackwardOp(const kernels::Pooling& geometry) : g(geometry) {}
  kernels::Pooling g;
  std::string_view name() const override { return "max_pool_backward"; }
  std::string settings() const override { return text(g); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    max_pool_backward(g, c.batch(0), c.batch(1), c.end - c.begin, c.out + c.first());
  }
};

struct MaxPoolOp final : PlainOp<MaxPoolOp> {
  explicit MaxPoolOp(const kernels::Pooling& geometry) : g(geometry) {}
  kernels::Pooling g;
  std::string_view name() const override { return "max_pool"; }
  std::string settings() const override { return text(g); }
  Shape shape(const Shapes& in) const override {
    return {in[0].front(), g.height.out, g.width.out, g.channels};
  }
  double flops(const Shapes&, const Shape& out) const override {
    return double(out.count() * g.area());
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    max_pool(g, c.batch(0), c.end - c.begin, c.out + c.first());
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    return {dy.graph->add(MaxPoolBackwardOp(g), {in[0], dy})};
  }
};

inline Value max_pool(Value x, const Windows& windows) {
  return x.graph->add(MaxPoolOp(pooling_of(x, windows, "max_pool")), {x});
}

}  // namespace goodfit
