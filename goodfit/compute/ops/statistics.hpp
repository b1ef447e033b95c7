// Statistics of channels: mean and variance over the batch, and what normalization makes of them.
//
//   moments       x [batch, …, C] → slots [shards, 2, C]: mean and Σ (x − mean)² of each shard
//   merged        slots → [2, C]: mean and biased variance, by Chan's formula in a fixed tree
//   normalizer    mean and variance → [2, C]: mean and 1 / √(variance + ε)
//   running       r ← (1 − α) r + α · batch, the variance as the unbiased estimate, as in PyTorch
#pragma once
#include <array>
#include <cmath>
#include <vector>

#include "goodfit/base/text.hpp"
#include "goodfit/compute/kernels/batch_norm/batch_norm.hpp"
#include "goodfit/compute/kernels/batch_norm/batch_norm_reference.hpp"
#include "goodfit/compute/kernels/elementwise/elementwise.hpp"
#include "goodfit/compute/kernels/elementwise/elementwise_reference.hpp"
#include "goodfit/compute/ops/sum_rows.hpp"

namespace goodfit {

struct MomentsOp final : PlainOp<MomentsOp> {
  MomentsOp(Size count, Size width) : shards(count), channels(width) {}
  Size shards, channels;
  std::string_view name() const override { return "moments"; }
  std::string settings() const override { return std::to_string(channels); }
  Shape shape(const Shapes&) const override { return {shards, 2, channels}; }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return false; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    T* slot = c.out + c.unit * 2 * channels;
    column_moments(c.batch(0), c.vectors_of(0, channels), channels, slot, slot + channels);
  }
};

// The moments of slots [slots, 2, C] together, where slot s holds count_of(s) rows.
template <class T, class CountOf>
void merge_counted(Size slots, const CountOf& count_of, Size width, const T* from, T* mean, T* m2) {
  using namespace kernels;
  using namespace kernels::reference;
  // On the stack, as a step takes nothing from the heap; only batches of more shards than this do.
  std::array<Size, 4096> few;
  few[0] = 0;
  std::vector<Size> many(slots > Size(few.size()) ? std::size_t(slots) : 0);
  Size* counts = many.empty() ? few.data() : many.data();
  for (Size s = 0; s < slots; ++s) counts[s] = count_of(s);
  merge_moments(slots, counts, width, from, mean, m2);
}

// `positions`: rows of the last axis in one sample.
struct MergeMomentsOp final : PlainOp<MergeMomentsOp> {
  explicit MergeMomentsOp(Size per_sample) : positions(per_sample) {}
  Size positions;
  std::string_view name() const override { return "merge_moments"; }
  std::string settings() const override { return std::to_string(positions); }
  Shape shape(const Shapes& in) const override { return in[0].without_first(); }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.shape->back(), count = c.rows * positions;
    merge_counted(
        c.shards(), [&](Size s) { return c.rows_of(s) * positions; }, width, c.in[0], c.out,
        c.out + width);
    using namespace kernels;
    using namespace kernels::reference;
    scale(c.out + width, T(1) / T(count), c.out + width, width);
  }
};

// From [2, C]; or from mean [C] and variance [C]; or, with `deviation`, from mean and deviation.
struct NormalizerOp final : PlainOp<NormalizerOp> {
  NormalizerOp(double epsilon, bool from_deviation) : eps(epsilon), deviation(from_deviation) {}
  double eps;
  bool deviation;
  std::string_view name() const override { return "normalizer"; }
  std::string settings() const override {
    return formatted("eps={}{}", eps, deviation ? " deviation" : "");
  }
  Shape shape(const Shapes& in) const override { return {2, in[0].back()}; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.shape->back();
    const bool apart = c.shapes[0]->rank() == 1;
    const T* spread_of = apart ? c.in[1] : c.in[0] + width;
    std::copy_n(c.in[0], width, c.out);
    if (deviation) {
      for (Size i = 0; i < width; ++i) c.out[width + i] = T(1) / spread_of[i];
    } else {
      using namespace kernels;
      using namespace kernels::reference;
      inverse_deviations(spread_of, T(eps), c.out + width, width);
    }
  }
};

// Row `row` of a small matrix.
struct PickRowOp final : PlainOp<PickRowOp> {
  explicit PickRowOp(Size which) : row(which) {}
  Size row;
  std::string_view name() const override { return "pick_row"; }
  std::string settings() const override { return std::to_string(row); }
  Shape shape(const Shapes& in) const override { return in[0].without_first(); }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    std::copy_n(c.in[0] + row * c.count(), c.count(), c.out);
  }
};

// Inputs the running statistic [C] and the batch's [2, C]; row 0 is the mean, 1 the variance.
struct RunningOp final : PlainOp<RunningOp> {
  RunningOp(double weight_of_new, Size which, Size per_sample)
      : momentum(weight_of_new), row(which), positions(per_sample) {}
  double momentum;
  Size row, positions;
  std::string_view name() const override { return "running"; }
  std::string settings() const override { return formatted("{} {} {}", momentum, row, positions); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.shape->back(), n = c.rows * positions;
    const T unbiased = row == 1 && n > 1 ? T(n) / T(n - 1) : T(1);
    using namespace kernels;
    using namespace kernels::reference;
    scale(c.in[0], T(1) - T(momentum), c.out, width);
    add_scaled(c.out, T(momentum) * unbiased, c.in[1] + row * width, c.out, width);
  }
};

inline Size positions_of(Value x, Size channels) { return x.shape().row() / channels; }

// Mean and biased variance over batch and positions, [2, C].
inline Value batch_statistics(Value x, Size channels) {
  Graph& graph = *x.graph;
  return graph.add(MergeMomentsOp(positions_of(x, channels)),
                   {graph.add(MomentsOp(graph.shards(), channels), {x})});
}
inline Value normalizer(Value statistics, double eps) {
  return statistics.graph->add(NormalizerOp(eps, false), {statistics});
}
inline Value normalizer(Value mean, Value variance, double eps) {
  return mean.graph->add(NormalizerOp(eps, false), {mean, variance});
}
inline Value normalizer_of_deviation(Value mean, Value deviation) {
  return mean.graph->add(NormalizerOp(0, true), {mean, deviation});
}

}  // namespace goodfit
