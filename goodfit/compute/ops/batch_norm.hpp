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
#include "goodfit/compute/ops/relu.hpp"
#include "goodfit/compute/ops/statistics.hpp"

namespace goodfit {

// What both ops of the gradient share. Behind a relu they take its output y and dy in the place of
// the dy that is the norm's own.
template <class Derived>
struct BatchNormGradient : PlainOp<Derived> {
  bool rectified = false;
  int statistics() const { return rectified ? 3 : 2; }  // the place of this input
  template <class T>
  const T* y(const Call<T>& c) const {
    return rectified ? c.batch(1) : nullptr;
  }
  template <class T>
  const T* dy(const Call<T>& c) const {
    return c.batch(statistics() - 1);
  }
  OpPointer preceded_by(int input, const Op& before) const override {
    if (rectified || input != 1 || !dynamic_cast<const ReluBackwardOp*>(&before)) return nullptr;
    Derived both = static_cast<const Derived&>(*this);
    both.rectified = true;
    return shared_op(both);
  }
};

// Inputs x, dy, statistics [2, C] → slots [shards, 2, C] of Σ dy and Σ dy x̂.
struct BatchNormSumsOp final : BatchNormGradient<BatchNormSumsOp> {
  explicit BatchNormSumsOp(Size count) : shards(count) {}
  Size shards;
  std::string_view name() const override {
    return rectified ? "batch_norm_relu_sums" : "batch_norm_sums";
  }
  Shape shape(const Shapes& in) const override {
    return {shards, 2, in[std::size_t(statistics())].back()};
  }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return false; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(statistics());
    const T* mean = c.in[std::size_t(statistics())];
    T* slot = c.out + c.unit * 2 * width;
    batch_norm_backward_sums(c.batch(0), this->dy(c), this->y(c), mean, mean + width,
                             c.vectors_of(0, width), width, slot, slot + width);
  }
};

// Inputs x, dy, statistics, γ, sums [2, C] → dx.
struct BatchNormBackwardOp final : BatchNormGradient<BatchNormBackwardOp> {
  std::string_view name() const override {
    return rectified ? "batch_norm_relu_backward" : "batch_norm_backward";
  }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input < statistics(); }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(statistics());
    const Size count = c.rows * c.shapes[0]->row() / width;
    const T* const* in = c.in.data() + statistics();  // statistics, γ, sums
    batch_norm_backward(c.batch(0), this->dy(c), this->y(c), in[0], in[0] + width, in[1], in[2],
                        in[2] + width, count, c.out + c.first(), c.vectors_of(0, width), width);
  }
};

// Inputs x, statistics [2, C] of mean and 1 / deviation, γ, β. The gradient holds the path through
// the statistics of the batch, unless they are frozen.
struct BatchNormOp final : PlainOp<BatchNormOp> {
  explicit BatchNormOp(bool statistics_are_frozen) : frozen(statistics_are_frozen) {}
  bool frozen;
  bool rectified = false;
  std::string_view name() const override { return rectified ? "batch_norm_relu" : "batch_norm"; }
  std::string settings() const override { return frozen ? "frozen" : ""; }
  Shape shape(const Shapes& in) const override {
    if (in[1].rank() != 2 || in[0].row() % in[1].back() != 0 || in[2].back() != in[1].back() ||
        in[3].back() != in[1].back())
      fail("batch_norm: {} channels do not fit an input of shape {}", in[1].back(), in[0].text());
    return in[0];
  }
  bool may_overwrite(int input) const override { return input == 0; }
  double flops(const Shapes&, const Shape& out) const override { return 4.0 * double(out.count()); }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(1);
    const T *mean = c.in[1], *inverse = c.in[1] + width;
    batch_norm_normalize(c.batch(0), mean, inverse, c.in[2], c.in[3], c.out + c.first(),
                         c.vectors_of(0, width), width, rectified);
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
    if (rectified || !dynamic_cast<const ReluOp*>(&next)) return nullptr;
    BatchNormOp both = *this;
    both.rectified = true;
    return shared_op(both);
  }
};

// With the statistics of the batch, or with given ones (frozen).
inline Value batch_norm(Value x, Value statistics, Value gamma, Value beta, bool frozen) {
  return x.graph->add(BatchNormOp(frozen), {x, statistics, gamma, beta});
}

}  // namespace goodfit
