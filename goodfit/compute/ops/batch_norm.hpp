// Batch norm: y = γ (x − μ) / √(σ² + ε) + β, with μ and σ² over batch and positions, for each
// channel.
//
//   x, y: [batch, …, C]   γ, β: [C]   n: samples · positions   x̂ = (x − μ) / √(σ² + ε)
//   dβ = Σ dy    dγ = Σ dy x̂    dx = γ / √(σ² + ε) · (dy − dβ / n − x̂ dγ / n)
//
// The statistics are merged from the shards by Chan's formula in a fixed tree, stable for large
// means. Source: Ioffe & Szegedy 2015, arXiv:1502.03167; Chan, Golub & LeVeque 1979, eq. 2.1.
#pragma once
#include <cmath>

#include "goodfit/base/error.hpp"
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/ops/batch_norm_max_pool.hpp"
#include "goodfit/compute/ops/max_pool.hpp"
#include "goodfit/compute/ops/relu.hpp"
#include "goodfit/compute/ops/statistics.hpp"

namespace goodfit {

// What both ops of the gradient share: inputs x, dy, statistics [2, C], γ and others, and behind a
// relu β as the last. The relu's y is computed again, and so is what a max pool behind it looked
// at.
template <class Derived>
struct BatchNormGradient : PlainOp<Derived> {
  bool rectified = false;

  Op::Fused preceded_by(const Graph& graph, const std::vector<Id>& inputs,
                        int input) const override;
};

// Inputs x, dy, statistics, and with a relu γ, β → slots [shards, 2, C] of Σ dy and Σ dy x̂.
struct BatchNormSumsOp final : BatchNormGradient<BatchNormSumsOp> {
  explicit BatchNormSumsOp(Size count) : shards(count) {}
  Size shards;
  std::string_view name() const override {
    return rectified ? "batch_norm_relu_sums" : "batch_norm_sums";
  }
  Shape shape(const Shapes& in) const override { return {shards, 2, in[2].back()}; }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return false; }
  bool slots_are_sums() const override { return true; }
  OpPointer behind_max_pool(const kernels::Pooling& g) const {
    return shared_op(BatchNormMaxPoolSumsOp(g, shards));
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(2);
    T* slot = c.out + c.unit * 2 * width;
    batch_norm_backward_sums(c.batch(0), c.batch(1), c.in[2], c.in[2] + width, c.in[3], c.in[4],
                             c.vectors_of(0, width), width, slot, slot + width);
  }
};

// Inputs x, dy, statistics, γ, sums [2, C], and with a relu β → dx.
struct BatchNormBackwardOp final : BatchNormGradient<BatchNormBackwardOp> {
  std::string_view name() const override {
    return rectified ? "batch_norm_relu_backward" : "batch_norm_backward";
  }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input < 2; }
  OpPointer behind_max_pool(const kernels::Pooling& g) const {
    return shared_op(BatchNormMaxPoolBackwardOp(g));
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(2);
    const Size count = c.rows * c.shapes[0]->row() / width;
    batch_norm_backward(c.batch(0), c.batch(1), c.in[2], c.in[2] + width, c.in[3], c.in[5], c.in[4],
                        c.in[4] + width, count, c.out + c.first(), c.vectors_of(0, width), width,
                        c.far);
  }
};

// Inputs x, statistics [2, C] of mean and 1 / deviation, γ, β and, with `residual`, what is added.
// The gradient holds the path through the statistics of the batch, unless they are frozen.
struct BatchNormOp final : PlainOp<BatchNormOp> {
  explicit BatchNormOp(bool statistics_are_frozen) : frozen(statistics_are_frozen) {}
  bool frozen;
  bool residual = false, rectified = false;
  std::string_view name() const override {
    if (residual) return rectified ? "batch_norm_add_relu" : "batch_norm_add";
    return rectified ? "batch_norm_relu" : "batch_norm";
  }
  std::string settings() const override { return frozen ? "frozen" : ""; }
  Shape shape(const Shapes& in) const override {
    if (in[1].rank() != 2 || in[0].row() % in[1].back() != 0 || in[2].back() != in[1].back() ||
        in[3].back() != in[1].back())
      fail("batch_norm: {} channels do not fit an input of shape {}", in[1].back(), in[0].text());
    return in[0];
  }
  bool may_overwrite(int input) const override { return input == 0 || input == 4; }
  bool is_cheap() const override { return true; }
  double flops(const Shapes&, const Shape& out) const override { return 4.0 * double(out.count()); }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(1);
    const T *mean = c.in[1], *inverse = c.in[1] + width;
    batch_norm_normalize(c.batch(0), mean, inverse, c.in[2], c.in[3], c.out + c.first(),
                         c.vectors_of(0, width), width, rectified, residual ? c.batch(4) : nullptr,
                         c.far);
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    Graph& graph = *dy.graph;
    const Value x = in[0], statistics = in[1], gamma = in[2];
    const Value sums =
        graph.add(MergeSumsOp{}, {graph.add(BatchNormSumsOp(graph.shards()), {x, dy, statistics})});
    const Value through = frozen ? graph.constant(sums.shape(), 0.0) : sums;
    return {graph.add(BatchNormBackwardOp{}, {x, dy, statistics, gamma, through}),
            {},
            graph.add(PickRowOp(1), {sums}),
            graph.add(PickRowOp(0), {sums})};
  }
  OpPointer followed_by(const Op& next) const override {
    if (const auto* pool = dynamic_cast<const MaxPoolOp*>(&next))
      return rectified && !residual && kernels::pools_squares(pool->g)
                 ? shared_op(BatchNormMaxPoolOp(pool->g))
                 : nullptr;
    BatchNormOp both = *this;
    if (!rectified && dynamic_cast<const ReluOp*>(&next))
      both.rectified = true;
    else if (!rectified && !residual && dynamic_cast<const Add*>(&next))
      both.residual = true;
    else
      return nullptr;
    return shared_op(both);
  }
};

template <class Derived>
Op::Fused BatchNormGradient<Derived>::preceded_by(const Graph& graph, const std::vector<Id>& inputs,
                                                  int input) const {
  if (input != 1) return {};
  const auto& self = static_cast<const Derived&>(*this);
  const Node& slope = graph.node(inputs[1]);  // of relu or of max pool: of the relu's y, and dy
  const auto* pool = dynamic_cast<const MaxPoolBackwardOp*>(slope.op.get());
  if (rectified ? !pool || !kernels::pools_squares(pool->g)
                : !dynamic_cast<const ReluBackwardOp*>(slope.op.get()))
    return {};
  const Node& y = graph.node(slope.inputs[0]);
  if (!dynamic_cast<const ReluOp*>(y.op.get())) return {};
  const Node& norm = graph.node(y.inputs[0]);
  if (!dynamic_cast<const BatchNormOp*>(norm.op.get())) return {};
  const std::vector<Id>& of = norm.inputs;  // x, statistics, γ, β
  std::vector<Id> all = inputs;
  all[1] = slope.inputs[1];
  if (of[0] != all[0] || of[1] != all[2]) return {};
  if (rectified)
    return of[2] == all[3] && of[3] == all.back() ? Op::Fused{self.behind_max_pool(pool->g), all}
                                                  : Op::Fused{};
  if (all.size() == 3) all.push_back(of[2]);
  all.push_back(of[3]);
  Derived both = self;
  both.rectified = true;
  return {shared_op(both), all};
}

// With the statistics of the batch, or with given ones (frozen).
inline Value batch_norm(Value x, Value statistics, Value gamma, Value beta, bool frozen) {
  return x.graph->add(BatchNormOp(frozen), {x, statistics, gamma, beta});
}

}  // namespace goodfit
