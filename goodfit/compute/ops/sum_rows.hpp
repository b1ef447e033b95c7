// Sum over the batch: y[c] = Σ x[…, c], of all samples and positions, per shard and then in a fixed
// tree.
//
//   slots[s, c] = Σ over the samples of shard s        y = slots[0] + slots[1] + …, as a balanced
//   tree
#pragma once
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/columns/columns.hpp"
#include "goodfit/compute/kernels/columns/columns_reference.hpp"

namespace goodfit {

// Every sample of shard s gets slots[s]: what the sum over the batch does to a gradient.
struct SpreadRowsOp final : PlainOp<SpreadRowsOp> {
  explicit SpreadRowsOp(const Shape& like) : target(like) {}
  Shape target;
  std::string_view name() const override { return "spread_rows"; }
  std::string settings() const override { return target.text(); }
  Shape shape(const Shapes&) const override { return target; }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0);
    for (Size i = 0; i < c.count(); ++i) c.out[c.first() + i] = c.in[0][c.unit * width + i % width];
  }
};

// [width…] → [shards, width…], the same in every slot.
struct RepeatOp final : PlainOp<RepeatOp> {
  explicit RepeatOp(Size count) : shards(count) {}
  Size shards;
  std::string_view name() const override { return "repeat"; }
  Shape shape(const Shapes& in) const override { return in[0].with_first(shards); }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    for (Size s = 0; s < shards; ++s)
      std::copy_n(c.in[0], c.shape->row(), c.out + s * c.shape->row());
  }
};

// [batch, …, C] → [shards, C], one slot for each shard.
struct ColumnSumsOp final : PlainOp<ColumnSumsOp> {
  explicit ColumnSumsOp(Size count) : shards(count) {}
  Size shards;
  std::string_view name() const override { return "column_sums"; }
  Shape shape(const Shapes& in) const override { return {shards, in[0].back()}; }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return false; }
  bool slots_are_sums() const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    column_sums(c.batch(0), c.vectors(0), c.channels(0), c.out + c.unit * c.channels(0));
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(SpreadRowsOp(in[0].shape()), {d})};
  }
};

// [shards, width…] → [width…], in a fixed balanced tree over the shards that have samples.
struct MergeSumsOp final : PlainOp<MergeSumsOp> {
  std::string_view name() const override { return "merge_sums"; }
  Shape shape(const Shapes& in) const override { return in[0].without_first(); }
  Spread spread(bool, const Shape& out) const override {
    return out.count() > grain ? Spread::tiles : Spread::once;
  }
  Cut cut(const Shapes&, const Shape& out) const override { return {out.count(), grain}; }
  static constexpr Size grain = 4096;  // of tiles; fewer elements are merged in one go
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.shape->count();
    const bool whole = width <= grain;
    const Size begin = whole ? 0 : c.begin, end = whole ? width : c.end;
    merge_sums(c.shards(), end - begin, width, c.in[0] + begin, c.out + begin);
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(RepeatOp(in[0].shape().front()), {d})};
  }
};

// x: [batch, …, C] → [C].
inline Value sum_rows(Value x) {
  Graph& graph = *x.graph;
  return graph.add(MergeSumsOp{}, {graph.add(ColumnSumsOp(graph.shards()), {x})});
}

// [batch, …] → slots [shards, …], sums over the samples of each shard.
struct SampleSumsOp final : PlainOp<SampleSumsOp> {
  explicit SampleSumsOp(Size count) : shards(count) {}
  Size shards;
  std::string_view name() const override { return "sample_sums"; }
  Shape shape(const Shapes& in) const override { return in[0].without_first().with_first(shards); }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return false; }
  bool slots_are_sums() const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.shapes[0]->row();
    column_sums(c.batch(0), c.end - c.begin, width, c.out + c.unit * width);
  }
};

}  // namespace goodfit
