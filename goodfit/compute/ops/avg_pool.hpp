// Average pool: y[n, o, q, c] = Σ x in the window of (o, q) / (kernel height · kernel width).
//
//   x: [batch, H, W, C]   y: [batch, OH, OW, C]        dx = Σ dy of its windows / their size
//
// Padding counts as zeros, as in PyTorch (count_include_pad).
#pragma once
#include "goodfit/compute/ops/pooling.hpp"

namespace goodfit {

// Input dy.
struct AvgPoolBackwardOp final : PoolingBackwardOp<AvgPoolBackwardOp> {
  using PoolingBackwardOp::PoolingBackwardOp;
  std::string_view name() const override { return "avg_pool_backward"; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    avg_pool_backward(g, c.batch(0), c.end - c.begin, c.out + c.first());
  }
};

struct AvgPoolOp final : PoolingOp<AvgPoolOp> {
  using PoolingOp::PoolingOp;
  std::string_view name() const override { return "avg_pool"; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    avg_pool(g, c.batch(0), c.end - c.begin, c.out + c.first());
  }
  Values gradient(const Values&, Value, Value dy) const override {
    return {dy.graph->add(AvgPoolBackwardOp(g), {dy})};
  }
};

inline Value avg_pool(Value x, const Windows& windows) {
  return x.graph->add(AvgPoolOp(pooling_of(x, windows, "avg_pool")), {x});
}

}  // namespace goodfit
