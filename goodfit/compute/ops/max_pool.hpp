// Max pool: y[n, o, q, c] = the largest x in the window of (o, q); padding never wins.
//
//   x: [batch, H, W, C]   y: [batch, OH, OW, C]        dx = Σ dy of the windows that it wins
//
// Of equal elements the first wins, row by row, as in PyTorch. Which one is found again in the
// backward pass from x, so that nothing need be kept.
#pragma once
#include "goodfit/compute/ops/pooling.hpp"

namespace goodfit {

// Inputs x, dy.
struct MaxPoolBackwardOp final : PoolingBackwardOp<MaxPoolBackwardOp> {
  using PoolingBackwardOp::PoolingBackwardOp;
  std::string_view name() const override { return "max_pool_backward"; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    max_pool_backward(g, c.batch(0), c.batch(1), c.end - c.begin, c.out + c.first());
  }
};

struct MaxPoolOp final : PoolingOp<MaxPoolOp> {
  using PoolingOp::PoolingOp;
  std::string_view name() const override { return "max_pool"; }
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
