// Layer norm: y = γ (x − μ) / √(σ² + ε) + β, with μ and σ² of each sample over its last axis.
//
//   x, y: [batch, …, C]   γ, β: [C]   g = γ dy   x̂ = (x − μ) / √(σ² + ε)
//   dβ = Σ dy    dγ = Σ dy x̂    dx = (g − mean(g) − x̂ mean(g x̂)) / √(σ² + ε)
//
// Source: Ba, Kiros & Hinton 2016, arXiv:1607.06450, eq. 3.
#pragma once
#include <fmt/core.h>

#include "goodfit/base/error.hpp"
#include "goodfit/compute/kernels/layer_norm/layer_norm.hpp"
#include "goodfit/compute/kernels/layer_norm/layer_norm_reference.hpp"
#include "goodfit/compute/ops/statistics.hpp"

namespace goodfit {

// Inputs x, γ, dy.
struct LayerNormBackwardOp final : PlainOp<LayerNormBackwardOp> {
  explicit LayerNormBackwardOp(double epsilon) : eps(epsilon) {}
  double eps;
  std::string_view name() const override { return "layer_norm_backward"; }
  std::string settings() const override { return fmt::format("eps={}", eps); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    layer_norm_backward(c.batch(0), c.in[1], c.batch(2), T(eps), c.out + c.first(), c.vectors(0),
                        c.channels(0));
  }
};

// Inputs x, dy → slots [shards, 2, C] of dγ and dβ.
struct LayerNormParametersOp final : PlainOp<LayerNormParametersOp> {
  LayerNormParametersOp(double epsilon, Size count) : eps(epsilon), shards(count) {}
  double eps;
  Size shards;
  std::string_view name() const override { return "layer_norm_parameters"; }
  std::string settings() const override { return fmt::format("eps={}", eps); }
  Shape shape(const Shapes& in) const override { return {shards, 2, in[0].back()}; }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return false; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(0);
    T* slot = c.out + c.unit * 2 * width;
    layer_norm_backward_parameters(c.batch(0), c.batch(1), T(eps), c.vectors(0), width, slot,
                                   slot + width);
  }
};

// Inputs x, γ, β.
struct LayerNormOp final : PlainOp<LayerNormOp> {
  explicit LayerNormOp(double epsilon) : eps(epsilon) {}
  double eps;
  std::string_view name() const override { return "layer_norm"; }
  std::string settings() const override { return fmt::format("eps={}", eps); }
  Shape shape(const Shapes& in) const override {
    if (in[0].back() != in[1].back() || in[1] != in[2])
      fail("layer_norm: {} channels do not fit an input of shape {}", in[1].back(), in[0].text());
    return in[0];
  }
  double flops(const Shapes&, const Shape& out) const override { return 8.0 * double(out.count()); }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    layer_norm(c.batch(0), c.in[1], c.in[2], T(eps), c.out + c.first(), c.vectors(0),
               c.channels(0));
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    Graph& graph = *dy.graph;
    const Value slots = graph.add(LayerNormParametersOp(eps, graph.shards()), {in[0], dy});
    const Value sums = graph.add(MergeSumsOp{}, {slots});
    return {graph.add(LayerNormBackwardOp(eps), {in[0], in[1], dy}),
            graph.add(PickRowOp(0), {sums}), graph.add(PickRowOp(1), {sums})};
  }
};

inline Value layer_norm(Value x, Value gamma, Value beta, double eps) {
  return x.graph->add(LayerNormOp(eps), {x, gamma, beta});
}

}  // namespace goodfit
