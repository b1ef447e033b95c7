// Group norm: y = γ (x − μ) / √(σ² + ε) + β, with μ and σ² of each sample and group of channels
// over positions and the group's channels.
//
//   x, y: [batch, …, C]   γ, β: [C]   g = γ dy   x̂ = (x − μ) / √(σ² + ε)
//   dβ = Σ dy    dγ = Σ dy x̂    dx = (g − mean(g) − x̂ mean(g x̂)) / √(σ² + ε)
//
// Layer norm is one group of each position alone, instance norm has a group for each channel; not
// centred (μ = 0, σ² the mean square) it is RMS norm. Source: Wu & He 2018, arXiv:1803.08494,
// eq. 7.
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/kernels/group_norm/group_norm.hpp"
#include "goodfit/compute/kernels/group_norm/group_norm_reference.hpp"
#include "goodfit/compute/ops/relu.hpp"
#include "goodfit/compute/ops/statistics.hpp"

namespace goodfit {

struct Norming {
  double eps = 1e-5;
  Size groups = 1;
  bool each_position = false;  // by itself; otherwise statistics are taken over positions too
  bool centred = true;

  std::string text() const {
    return formatted("eps={} groups={}{}{}", eps, groups, each_position ? " each position" : "",
                     centred ? "" : " not centred");
  }
  kernels::Grouping grouping(const Shape& x) const {
    return {each_position ? 1 : x.row() / x.back(), x.back(), groups, eps, centred};
  }
  template <class T>
  Size samples(const Call<T>& c) const {
    return each_position ? c.vectors(0) : c.end - c.begin;
  }
};

// Input x → [batch, rows, 3, groups]: mean in two parts, 1 / √(σ² + ε).
struct GroupStatisticsOp final : PlainOp<GroupStatisticsOp> {
  explicit GroupStatisticsOp(const Norming& how) : norming(how) {}
  Norming norming;
  std::string_view name() const override { return "group_statistics"; }
  std::string settings() const override { return norming.text(); }
  Shape shape(const Shapes& in) const override {
    if (norming.groups < 1 || in[0].back() % norming.groups != 0)
      fail("group_norm: {} channels do not fall into {} groups", in[0].back(), norming.groups);
    return {in[0].front(), norming.each_position ? in[0].row() / in[0].back() : 1, 3,
            norming.groups};
  }
  double flops(const Shapes& in, const Shape&) const override {
    return 4.0 * double(in[0].count());
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    group_statistics(norming.grouping(*c.shapes[0]), c.batch(0), c.out + c.first(),
                     norming.samples(c));
  }
};

// Inputs x, statistics, γ, dy.
struct GroupNormBackwardOp final : PlainOp<GroupNormBackwardOp> {
  explicit GroupNormBackwardOp(const Norming& how) : norming(how) {}
  Norming norming;
  std::string_view name() const override { return "group_norm_backward"; }
  std::string settings() const override { return norming.text(); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input == 0 || input == 3; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    group_norm_backward(norming.grouping(*c.shapes[0]), c.batch(0), c.batch(1), c.in[2], c.batch(3),
                        c.out + c.first(), norming.samples(c), c.far);
  }
};

// Inputs x, statistics, dy → slots [shards, 2, C] of dγ and dβ.
struct GroupNormParametersOp final : PlainOp<GroupNormParametersOp> {
  GroupNormParametersOp(const Norming& how, Size count) : norming(how), shards(count) {}
  Norming norming;
  Size shards;
  std::string_view name() const override { return "group_norm_parameters"; }
  std::string settings() const override { return norming.text(); }
  Shape shape(const Shapes& in) const override { return {shards, 2, in[0].back()}; }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return false; }
  bool slots_are_sums() const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(0);
    T* slot = c.out + c.unit * 2 * width;
    group_norm_backward_parameters(norming.grouping(*c.shapes[0]), c.batch(0), c.batch(1),
                                   c.batch(2), norming.samples(c), slot, slot + width);
  }
};

// dγ and dβ.
inline std::array<Value, 2> group_norm_parameter_gradients(const Norming& how, Value x,
                                                           Value statistics, Value dy) {
  Graph& graph = *dy.graph;
  const Value slots = graph.add(GroupNormParametersOp(how, graph.shards()), {x, statistics, dy});
  const Value sums = graph.add(MergeSumsOp{}, {slots});
  return {graph.add(PickRowOp(0), {sums}), graph.add(PickRowOp(1), {sums})};
}

// Inputs x, statistics, γ, β. The gradient of x holds the path through its statistics.
struct GroupNormOp final : PlainOp<GroupNormOp> {
  explicit GroupNormOp(const Norming& how) : norming(how) {}
  Norming norming;
  bool rectified = false;
  std::string_view name() const override { return rectified ? "group_norm_relu" : "group_norm"; }
  std::string settings() const override { return norming.text(); }
  Shape shape(const Shapes& in) const override {
    if (in[0].back() != in[2].back() || in[2] != in[3])
      fail("{}: {} channels do not fit an input of shape {}",
           norming.each_position ? "layer_norm" : "group_norm", in[2].back(), in[0].text());
    return in[0];
  }
  bool may_overwrite(int input) const override { return input == 0; }
  bool is_cheap() const override { return true; }
  double flops(const Shapes&, const Shape& out) const override { return 4.0 * double(out.count()); }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    group_norm(norming.grouping(*c.shapes[0]), c.batch(0), c.batch(1), c.in[2], c.in[3],
               c.out + c.first(), norming.samples(c), rectified, c.far);
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    const auto [scale, shift] = group_norm_parameter_gradients(norming, in[0], in[1], dy);
    const Value dx = dy.graph->add(GroupNormBackwardOp(norming), {in[0], in[1], in[2], dy});
    return {dx, {}, scale, shift};
  }
  OpPointer followed_by(const Op& next) const override {
    if (rectified || !dynamic_cast<const ReluOp*>(&next)) return nullptr;
    GroupNormOp both = *this;
    both.rectified = true;
    return shared_op(both);
  }
};

inline Value group_norm(Value x, Value gamma, Value beta, const Norming& how) {
  return x.graph->add(GroupNormOp(how),
                      {x, x.graph->add(GroupStatisticsOp(how), {x}), gamma, beta});
}

}  // namespace goodfit
