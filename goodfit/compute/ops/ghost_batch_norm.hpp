// Ghost batch norm: batch norm whose statistics are those of virtual batches of `size` samples.
//
//   x, y: [batch, …, C]   γ, β: [C]   ghost g holds samples g · size … (g + 1) · size − 1
//   Samples beyond the last whole ghost belong to it: none is left alone.
//
// `size` divides the samples of a shard or is a multiple of them. So a ghost is made of pieces,
// whole shards or equal parts of one, whose sums and moments are merged in a fixed tree.
// Source: Hoffer, Hubara & Soudry 2017, arXiv:1705.08741, algorithm 1.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/batch_norm.hpp"

namespace goodfit {

struct Ghosts {
  Size size, positions, shard_rows;

  std::string text() const { return formatted("{} {}", size, positions); }
  Size piece() const { return std::min(size, shard_rows); }
  Size count(Size rows) const { return std::max<Size>(1, rows / size); }
  Size pieces(Size rows) const { return (rows + piece() - 1) / piece(); }
  Size first(Size ghost) const { return ghost * size; }  // sample
  Size end(Size ghost, Size rows) const {
    return ghost + 1 < count(rows) ? first(ghost + 1) : rows;
  }
  Size of(Size sample, Size rows) const { return std::min(sample / size, count(rows) - 1); }

  // visit(ghost, begin, end) for the pieces, whole or not, of samples begin … end − 1.
  template <class Visit>
  void each_piece(Size begin, Size end, Size rows, const Visit& visit) const {
    for (Size at = begin, next; at < end; at = next) {
      next = std::min(end, (at / piece() + 1) * piece());
      visit(of(at, rows), at, next);
    }
  }
};

// Input x → [pieces, 2, C]; or x, dy, statistics → the same of Σ dy and Σ dy x̂.
struct GhostPiecesOp final : PlainOp<GhostPiecesOp> {
  GhostPiecesOp(const Ghosts& of, Size planned_rows, bool gradient_sums)
      : ghosts(of), rows(planned_rows), sums(gradient_sums) {}
  Ghosts ghosts;
  Size rows;
  bool sums;
  std::string_view name() const override { return sums ? "ghost_sums" : "ghost_moments"; }
  std::string settings() const override { return ghosts.text(); }
  Shape shape(const Shapes& in) const override { return {ghosts.pieces(rows), 2, in[0].back()}; }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return false; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(0), sample = c.shapes[0]->row();
    ghosts.each_piece(c.begin, c.end, c.rows, [&](Size ghost, Size begin, Size end) {
      const T *x = c.in[0] + begin * sample, *none = nullptr;
      T* slot = c.out + begin / ghosts.piece() * 2 * width;
      const Size n = (end - begin) * ghosts.positions;
      if (!sums) {
        column_moments(x, n, width, slot, slot + width);
        return;
      }
      const T* own = c.in[2] + ghost * 3 * width;
      batch_norm_backward_sums(x, c.in[1] + begin * sample, own, own + 2 * width, none, none, n,
                               width, slot, slot + width);
    });
  }
};

// [pieces, 2, C] → [ghosts, 3, C]: mean, biased variance and 1 / √(variance + ε).
struct GhostStatisticsOp final : PlainOp<GhostStatisticsOp> {
  GhostStatisticsOp(const Ghosts& of, Size planned_rows, double epsilon)
      : ghosts(of), rows(planned_rows), eps(epsilon) {}
  Ghosts ghosts;
  Size rows;
  double eps;
  std::string_view name() const override { return "ghost_statistics"; }
  std::string settings() const override { return formatted("{} eps={}", ghosts.text(), eps); }
  Shape shape(const Shapes& in) const override { return {ghosts.count(rows), 3, in[0].back()}; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.shape->back();
    std::fill_n(c.out, c.shape->count(), T(0));
    for (Size g = 0; g < ghosts.count(c.rows); ++g) {
      const Size first = ghosts.first(g), end = ghosts.end(g, c.rows);
      const Size from = first / ghosts.piece(), pieces = ghosts.pieces(end) - from;
      T *mean = c.out + g * 3 * width, *variance = mean + width;
      merge_counted(
          pieces,
          [&](Size i) {
            return std::min(ghosts.piece(), end - (from + i) * ghosts.piece()) * ghosts.positions;
          },
          width, c.in[0] + from * 2 * width, mean, variance);
      for (Size i = 0; i < width; ++i) {
        variance[i] /= T((end - first) * ghosts.positions);
        variance[width + i] = T(1) / std::sqrt(variance[i] + T(eps));
      }
    }
  }
};

// The running statistic [C] after every ghost has had its turn; row 0 is the mean, 1 the variance.
struct GhostRunningOp final : PlainOp<GhostRunningOp> {
  GhostRunningOp(const Ghosts& of, double weight_of_new, Size which)
      : ghosts(of), momentum(weight_of_new), row(which) {}
  Ghosts ghosts;
  double momentum;
  Size row;
  std::string_view name() const override { return "ghost_running"; }
  std::string settings() const override {
    return formatted("{} {} {}", ghosts.text(), momentum, row);
  }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.shape->back();
    std::copy_n(c.in[0], width, c.out);
    for (Size g = 0; g < ghosts.count(c.rows); ++g) {
      const Size n = (ghosts.end(g, c.rows) - ghosts.first(g)) * ghosts.positions;
      const T fresh = T(momentum) * (row == 1 && n > 1 ? T(n) / T(n - 1) : T(1));
      for (Size i = 0; i < width; ++i)
        c.out[i] = (T(1) - T(momentum)) * c.out[i] + fresh * c.in[1][(g * 3 + row) * width + i];
    }
  }
};

// [pieces, 2, C] → [ghosts, 2, C].
struct GhostSumsOp final : PlainOp<GhostSumsOp> {
  GhostSumsOp(const Ghosts& of, Size planned_rows) : ghosts(of), rows(planned_rows) {}
  Ghosts ghosts;
  Size rows;
  std::string_view name() const override { return "merge_ghost_sums"; }
  std::string settings() const override { return ghosts.text(); }
  Shape shape(const Shapes& in) const override { return {ghosts.count(rows), 2, in[0].back()}; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = 2 * c.shape->back();
    std::fill_n(c.out, c.shape->count(), T(0));
    for (Size g = 0; g < ghosts.count(c.rows); ++g) {
      const Size from = ghosts.first(g) / ghosts.piece();
      const Size pieces = ghosts.pieces(ghosts.end(g, c.rows)) - from;
      merge_sums(pieces, width, width, c.in[0] + from * width, c.out + g * width);
    }
  }
};

// [ghosts, 2, C] → [2, C]: dβ and dγ, as both are shared by all ghosts.
struct GhostParametersOp final : PlainOp<GhostParametersOp> {
  std::string_view name() const override { return "ghost_parameters"; }
  Shape shape(const Shapes& in) const override { return in[0].without_first(); }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.shape->count();
    merge_sums(c.shapes[0]->front(), width, width, c.in[0], c.out);
  }
};

// Inputs x, dy, statistics, γ, sums [ghosts, 2, C] → dx.
struct GhostBackwardOp final : PlainOp<GhostBackwardOp> {
  explicit GhostBackwardOp(const Ghosts& of) : ghosts(of) {}
  Ghosts ghosts;
  std::string_view name() const override { return "ghost_batch_norm_backward"; }
  std::string settings() const override { return ghosts.text(); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input < 2; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(0), sample = c.shapes[0]->row();
    ghosts.each_piece(c.begin, c.end, c.rows, [&](Size ghost, Size begin, Size end) {
      const T *own = c.in[2] + ghost * 3 * width, *sums = c.in[4] + ghost * 2 * width;
      const T* none = nullptr;
      const Size n = (ghosts.end(ghost, c.rows) - ghosts.first(ghost)) * ghosts.positions;
      batch_norm_backward(c.in[0] + begin * sample, c.in[1] + begin * sample, own, own + 2 * width,
                          c.in[3], none, sums, sums + width, n, c.out + begin * sample,
                          (end - begin) * ghosts.positions, width);
    });
  }
};

// Inputs x, statistics [ghosts, 3, C], γ, β. The gradient of x holds the path through the
// statistics.
struct GhostBatchNormOp final : PlainOp<GhostBatchNormOp> {
  explicit GhostBatchNormOp(const Ghosts& of) : ghosts(of) {}
  Ghosts ghosts;
  std::string_view name() const override { return "ghost_batch_norm"; }
  std::string settings() const override { return ghosts.text(); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input == 0; }
  double flops(const Shapes&, const Shape& out) const override { return 4.0 * double(out.count()); }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(0), sample = c.shapes[0]->row();
    ghosts.each_piece(c.begin, c.end, c.rows, [&](Size ghost, Size begin, Size end) {
      const T* own = c.in[1] + ghost * 3 * width;
      batch_norm_normalize(c.in[0] + begin * sample, own, own + 2 * width, c.in[2], c.in[3],
                           c.out + begin * sample, (end - begin) * ghosts.positions, width, false);
    });
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    Graph& graph = *dy.graph;
    const Value pieces = graph.add(GhostPiecesOp(ghosts, graph.rows(), true), {in[0], dy, in[1]});
    const Value sums = graph.add(GhostSumsOp(ghosts, graph.rows()), {pieces});
    const Value both = graph.add(GhostParametersOp{}, {sums});
    return {graph.add(GhostBackwardOp(ghosts), {in[0], dy, in[1], in[2], sums}),
            {},
            graph.add(PickRowOp(1), {both}),
            graph.add(PickRowOp(0), {both})};
  }
};

// [ghosts, 3, C].
inline Value ghost_statistics(Value x, const Ghosts& ghosts, double eps) {
  Graph& graph = *x.graph;
  return graph.add(GhostStatisticsOp(ghosts, graph.rows(), eps),
                   {graph.add(GhostPiecesOp(ghosts, graph.rows(), false), {x})});
}
inline Value ghost_batch_norm(Value x, Value statistics, Value gamma, Value beta,
                              const Ghosts& ghosts) {
  return x.graph->add(GhostBatchNormOp(ghosts), {x, statistics, gamma, beta});
}

}  // namespace goodfit
