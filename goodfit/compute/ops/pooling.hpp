// Pooling: what max_pool and avg_pool share: the geometry of their windows and their shapes.
//
//   x, dx: [batch, H, W, C]   y, dy: [batch, OH, OW, C]
#pragma once
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/pooling/pooling_reference.hpp"
#include "goodfit/compute/ops/window.hpp"

namespace goodfit {

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

template <class Self>
struct PoolingOp : PlainOp<Self> {
  explicit PoolingOp(const kernels::Pooling& geometry) : g(geometry) {}
  kernels::Pooling g;
  std::string settings() const override { return text(g.height) + ", " + text(g.width); }
  Shape shape(const Shapes& in) const override {
    return {in[0].front(), g.height.out, g.width.out, g.channels};
  }
  double flops(const Shapes&, const Shape& out) const override {
    return double(out.count() * g.area());
  }
};

template <class Self>
struct PoolingBackwardOp : PlainOp<Self> {
  explicit PoolingBackwardOp(const kernels::Pooling& geometry) : g(geometry) {}
  kernels::Pooling g;
  std::string settings() const override { return text(g.height) + ", " + text(g.width); }
  Shape shape(const Shapes& in) const override {
    return {in[0].front(), g.height.in, g.width.in, g.channels};
  }
};

}  // namespace goodfit
