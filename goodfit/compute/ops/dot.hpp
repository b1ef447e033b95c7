// Dot: y = Σ a b of two tensors of one shape, and a tensor times a scalar: y = s x.
//
//   parts[p] = Σ over tile p of a b      y = Σ parts, in their order     da = b dy, db = a dy
//   y = s x                              dx = s dy, ds = Σ dy x
//
// For tensors that are not batched: weights and their gradients. The factor is repeated for each
// tile, so that the two are each other's gradient.
#pragma once
#include <array>
#include <string>

#include "goodfit/base/error.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

inline Size tiles_of(const Shape& shape) { return (shape.count() + Op::tile - 1) / Op::tile; }

// Σ term(i) for i from begin to end − 1, side by side, so that additions need not wait for each
// other.
template <class T, class Term>
T sum_side_by_side(Size begin, Size end, const Term& term) {
  std::array<T, 16> sums{};
  for (Size i = begin; i < end; i += 16)
    for (Size j = 0; j < std::min<Size>(16, end - i); ++j) sums[std::size_t(j)] += term(i + j);
  for (std::size_t half = 8; half > 0; half /= 2)
    for (std::size_t j = 0; j < half; ++j) sums[j] += sums[j + half];
  return sums[0];
}

// Inputs x and factors [tiles, 1].
struct ScaleTilesOp final : PlainOp<ScaleTilesOp> {
  std::string_view name() const override { return "scale_tiles"; }
  Shape shape(const Shapes& in) const override {
    must(in[1] == Shape({tiles_of(in[0]), 1}), "each tile has a factor");
    return in[0];
  }
  bool may_overwrite(int input) const override { return input == 0; }
  template <class T>
  void work(const Call<T>& c) const {
    const T factor = c.in[1][c.first() / tile];
    for (Size i = c.first(); i < c.first() + c.count(); ++i) c.out[i] = factor * c.in[0][i];
  }
  inline Values gradient(const Values& in, Value, Value d) const override;
};

// Inputs a, b → [tiles, 1].
struct DotTilesOp final : PlainOp<DotTilesOp> {
  std::string_view name() const override { return "dot_tiles"; }
  Shape shape(const Shapes& in) const override {
    must(in[0] == in[1], "tensors of a dot product have one shape");
    return {tiles_of(in[0]), 1};
  }
  Spread spread(bool batched, const Shape& out) const override {
    must(!batched, "a dot product is of weights, not of samples");
    return out.count() > 1 ? Spread::tiles : Spread::once;
  }
  Cut cut(const Shapes&, const Shape& out) const override { return {out.count(), 1}; }
  double flops(const Shapes& in, const Shape&) const override { return double(in[0].count()); }
  template <class T>
  void work(const Call<T>& c) const {
    const Size begin = c.begin * tile, end = std::min(c.shapes[0]->count(), begin + tile);
    c.out[c.begin] =
        sum_side_by_side<T>(begin, end, [&](Size i) { return c.in[0][i] * c.in[1][i]; });
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(ScaleTilesOp{}, {in[1], d}), d.graph->add(ScaleTilesOp{}, {in[0], d})};
  }
};

inline Values ScaleTilesOp::gradient(const Values& in, Value, Value d) const {
  return {d.graph->add(ScaleTilesOp{}, {d, in[1]}), d.graph->add(DotTilesOp{}, {d, in[0]})};
}

// [1] → [tiles, 1].
struct RepeatForTilesOp final : PlainOp<RepeatForTilesOp> {
  explicit RepeatForTilesOp(Size count) : tiles(count) {}
  Size tiles;
  std::string_view name() const override { return "repeat_for_tiles"; }
  std::string settings() const override { return std::to_string(tiles); }
  Shape shape(const Shapes& in) const override {
    must(in[0] == Shape{1}, "a factor is a scalar");
    return {tiles, 1};
  }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    std::fill_n(c.out, tiles, c.in[0][0]);
  }
  inline Values gradient(const Values&, Value, Value d) const override;
};

// [tiles, 1] → [1].
struct SumTilesOp final : PlainOp<SumTilesOp> {
  std::string_view name() const override { return "sum_tiles"; }
  Shape shape(const Shapes&) const override { return {1}; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    double sum = 0;
    for (Size i = 0; i < c.shapes[0]->count(); ++i) sum += double(c.in[0][i]);
    c.out[0] = T(sum);
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(RepeatForTilesOp(in[0].shape().front()), {d})};
  }
};

inline Values RepeatForTilesOp::gradient(const Values&, Value, Value d) const {
  return {d.graph->add(SumTilesOp{}, {d})};
}

inline Value dot(Value a, Value b) {
  return a.graph->add(SumTilesOp{}, {a.graph->add(DotTilesOp{}, {a, b})});
}
inline Value scaled(Value x, Value factor) {
  const Value factors = x.graph->add(RepeatForTilesOp(tiles_of(x.shape())), {factor});
  return x.graph->add(ScaleTilesOp{}, {x, factors});
}

}  // namespace goodfit
