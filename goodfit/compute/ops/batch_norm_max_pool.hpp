// Batch norm, relu and max pool in one go, forward and backward: what lies between them is as large
// as the norm's input and is never written. Passes make these ops of the three and their gradients.
//
//   x: [batch, H, W, C]   y, dy: [batch, ⌊H / 2⌋, ⌊W / 2⌋, C]   statistics [2, C], γ, β: [C]
#pragma once
#include "goodfit/compute/kernels/batch_norm/batch_norm_max_pool_reference.hpp"
#include "goodfit/compute/ops/pooling.hpp"

namespace goodfit {

// Inputs x, statistics of mean and 1 / deviation, γ, β.
struct BatchNormMaxPoolOp final : PoolingOp<BatchNormMaxPoolOp> {
  using PoolingOp::PoolingOp;
  std::string_view name() const override { return "batch_norm_relu_max_pool"; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    batch_norm_max_pool(g, c.batch(0), c.in[1], c.in[1] + g.channels, c.in[2], c.in[3],
                        c.end - c.begin, c.out + c.first());
  }
};

// Inputs x, dy, statistics, γ, β → slots [shards, 2, C], of the gradient that reaches the norm.
struct BatchNormMaxPoolSumsOp final : PoolingBackwardOp<BatchNormMaxPoolSumsOp> {
  BatchNormMaxPoolSumsOp(const kernels::Pooling& geometry, Size count)
      : PoolingBackwardOp(geometry), shards(count) {}
  Size shards;
  std::string_view name() const override { return "batch_norm_relu_max_pool_sums"; }
  Shape shape(const Shapes&) const override { return {shards, 2, g.channels}; }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return false; }
  bool slots_are_sums() const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    T* slot = c.out + c.unit * 2 * g.channels;
    batch_norm_max_pool_sums(g, c.batch(0), c.batch(1), c.in[2], c.in[2] + g.channels, c.in[3],
                             c.in[4], c.end - c.begin, slot, slot + g.channels);
  }
};

// Inputs x, dy, statistics, γ, sums [2, C], β → dx.
struct BatchNormMaxPoolBackwardOp final : PoolingBackwardOp<BatchNormMaxPoolBackwardOp> {
  using PoolingBackwardOp::PoolingBackwardOp;
  std::string_view name() const override { return "batch_norm_relu_max_pool_backward"; }
  bool may_overwrite(int input) const override { return input == 0; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size count = c.rows * g.height.in * g.width.in;
    batch_norm_max_pool_backward(g, c.batch(0), c.batch(1), c.in[2], c.in[2] + g.channels, c.in[3],
                                 c.in[5], c.in[4], c.in[4] + g.channels, count, c.end - c.begin,
                                 c.out + c.first());
  }
};

}  // namespace goodfit
