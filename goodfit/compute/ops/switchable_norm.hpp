// Switchable norm: each sample and channel normalized by a learned mix of three statistics.
//
//   x, y: [batch, …, C]   γ, β: [C]   λ, λ': [3]   P positions; all variances biased
//   instance   μ_i, v_i of a sample's channel over positions
//   layer      μ_l = mean_c μ_i     v_l = mean_c (v_i + (μ_i − μ_l)²)
//   batch      μ_b = mean_n μ_i     v_b = mean_n (v_i + (μ_i − μ_b)²)
//   μ = Σ_k w_k μ_k    v = Σ_k w'_k v_k    w = softmax λ, w' = softmax λ'    k: instance, layer,
//   batch y = γ (x − μ) / √(v + ε) + β
//
// The statistics of layer and batch are made from those of instances [batch, 2, C], so that only
// instances look at x. Source: Luo, Ren, Peng, Zhang & Li 2018, arXiv:1806.10779, eq. 3–5.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/batch_norm.hpp"

namespace goodfit {

// Input x → [batch, 2, C] of μ_i and v_i. Inputs x, moments and what moves them → dx.
struct InstanceMomentsBackwardOp final : PlainOp<InstanceMomentsBackwardOp> {
  std::string_view name() const override { return "instance_moments_backward"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input == 0; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0), positions = c.item / width;
    for (Size n = c.begin; n < c.end; ++n) {
      const T *mean = c.in[1] + n * 2 * width, *d = c.in[2] + n * 2 * width;
      const T share = T(1) / T(positions);
      for (Size p = 0; p < positions; ++p)
        for (Size j = 0; j < width; ++j) {
          const Size i = n * c.item + p * width + j;
          c.out[i] = share * (d[j] + 2 * (c.in[0][i] - mean[j]) * d[width + j]);
        }
    }
  }
};

struct InstanceMomentsOp final : PlainOp<InstanceMomentsOp> {
  std::string_view name() const override { return "instance_moments"; }
  Shape shape(const Shapes& in) const override { return {in[0].front(), 2, in[0].back()}; }
  double flops(const Shapes& in, const Shape&) const override {
    return 4.0 * double(in[0].count());
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(0), sample = c.shapes[0]->row(), positions = sample / width;
    for (Size n = c.begin; n < c.end; ++n) {
      T *mean = c.out + n * 2 * width, *m2 = mean + width;
      column_moments(c.in[0] + n * sample, positions, width, mean, m2);
      for (Size j = 0; j < width; ++j) m2[j] /= T(positions);
    }
  }
  Values gradient(const Values& in, Value out, Value d) const override {
    return {d.graph->add(InstanceMomentsBackwardOp{}, {in[0], out, d})};
  }
};

// Inputs the samples' moments [batch, 2, C], the batch's and its d [2, C] → d of the samples'.
struct MomentsOfBatchBackwardOp final : PlainOp<MomentsOfBatchBackwardOp> {
  std::string_view name() const override { return "moments_of_batch_backward"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input == 0; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0);
    const T share = T(1) / T(c.rows), *d = c.in[2];
    for (Size n = c.begin; n < c.end; ++n)
      for (Size j = 0; j < width; ++j) {
        const Size i = n * 2 * width + j;
        const T apart = c.in[0][i] - c.in[1][j];
        c.out[i] = share * (d[j] + 2 * apart * d[width + j]);
        c.out[i + width] = share * d[width + j];
      }
  }
};

// The slots of shards are those of MomentsOp, from here on the batch's statistics as everywhere.
struct MomentsOfSamplesOp final : PlainOp<MomentsOfSamplesOp> {
  MomentsOfSamplesOp(Size count, Size per_sample) : shards(count), positions(per_sample) {}
  Size shards, positions;
  std::string_view name() const override { return "moments_of_samples"; }
  std::string settings() const override { return std::to_string(positions); }
  Shape shape(const Shapes& in) const override { return {shards, 2, in[0].back()}; }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return false; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0), count = c.end - c.begin;
    const T* moments = c.in[0] + c.begin * 2 * width;
    T *mean = c.out + c.unit * 2 * width, *m2 = mean + width;
    for (Size j = 0; j < width; ++j) {
      const T origin = moments[j];
      T sum(0), squares(0), inside(0);
      for (Size n = 0; n < count; ++n) sum += moments[n * 2 * width + j] - origin;
      const T rest = sum / T(count);
      for (Size n = 0; n < count; ++n) {
        const T apart = moments[n * 2 * width + j] - origin - rest;
        squares += apart * apart;
        inside += moments[(n * 2 + 1) * width + j];
      }
      mean[j] = origin + rest;
      m2[j] = T(positions) * (squares + inside);
    }
  }
};

// Slots → [2, C], by way of MergeMomentsOp; its gradient goes to the samples' moments at once.
// Inputs the samples' moments, the merged statistics: passes the latter on.
struct MomentsOfBatchOp final : PlainOp<MomentsOfBatchOp> {
  std::string_view name() const override { return "moments_of_batch"; }
  Shape shape(const Shapes& in) const override { return in[1]; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  bool may_overwrite(int input) const override { return input == 1; }
  template <class T>
  void work(const Call<T>& c) const {
    if (c.out != c.in[1]) std::copy_n(c.in[1], c.count(), c.out);
  }
  Values gradient(const Values& in, Value out, Value d) const override {
    return {d.graph->add(MomentsOfBatchBackwardOp{}, {in[0], out, d}), {}};
  }
};

// Two rows [C] → [2, C]: statistics that are given.
struct StackRowsOp final : PlainOp<StackRowsOp> {
  std::string_view name() const override { return "stack_rows"; }
  Shape shape(const Shapes& in) const override { return in[0].with_first(2); }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    std::copy_n(c.in[1], c.count() / 2, std::copy_n(c.in[0], c.count() / 2, c.out));
  }
  Values gradient(const Values&, Value, Value d) const override {
    return {d.graph->add(PickRowOp(0), {d}), d.graph->add(PickRowOp(1), {d})};
  }
};

// Weights w or w' from λ.
template <class T>
std::array<T, 3> mix_of(const T* lambda) {
  const T most = std::max({lambda[0], lambda[1], lambda[2]});
  std::array<T, 3> w;
  T sum(0);
  for (std::size_t k = 0; k < 3; ++k) sum += w[k] = std::exp(lambda[k] - most);
  for (T& x : w) x /= sum;
  return w;
}
template <class T>
std::array<T, 2> layer_moments(const T* moments, Size width) {
  T sum(0), spread(0);
  for (Size j = 0; j < width; ++j) sum += moments[j] - moments[0];
  const T mean = sum / T(width);
  for (Size j = 0; j < width; ++j) {
    const T apart = moments[j] - moments[0] - mean;
    spread += moments[width + j] + apart * apart;
  }
  return {moments[0] + mean, spread / T(width)};
}

// Inputs moments [batch, 2, C], the batch's [2, C], λ, λ', d of the mix → what one of them gets:
// the samples' moments [batch, 2, C], or in each shard's slot the batch's [2, C], or λ and λ' [2,
// 3].
enum class MixPart { samples, batch, lambdas };
struct MixBackwardOp final : PlainOp<MixBackwardOp> {
  MixBackwardOp(MixPart which, Size count) : part(which), shards(count) {}
  MixPart part;
  Size shards;
  std::string_view name() const override { return "mix_backward"; }
  std::string settings() const override { return std::to_string(int(part)); }
  Shape shape(const Shapes& in) const override {
    if (part == MixPart::samples) return in[0];
    return part == MixPart::batch ? Shape{shards, 2, in[0].back()} : Shape{shards, 2, 3};
  }
  Spread spread(bool, const Shape&) const override { return Spread::rows; }
  bool batched(Spread) const override { return part == MixPart::samples; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0);
    const std::array<std::array<T, 3>, 2> w{mix_of(c.in[2]), mix_of(c.in[3])};
    T* slot = c.out + c.unit * c.shape->row();
    std::array<std::array<T, 3>, 2> pull{};  // Σ d statistic, of mean and variance
    if (part == MixPart::batch) std::fill_n(slot, 2 * width, T(0));
    for (Size n = c.begin; n < c.end; ++n) {
      const T *own = c.in[0] + n * 2 * width, *d = c.in[4] + n * 2 * width;
      const std::array<T, 2> layer = layer_moments(own, width);
      if (part == MixPart::batch) {
        for (Size j = 0; j < 2 * width; ++j) slot[j] += w[std::size_t(j / width)][2] * d[j];
      } else if (part == MixPart::lambdas) {
        for (std::size_t s = 0; s < 2; ++s)
          for (Size j = 0; j < width; ++j) {
            const Size i = Size(s) * width + j;
            // From the layer's statistic on: only differences count, and a large mean stays out.
            pull[s][0] += d[i] * (own[i] - layer[s]);
            pull[s][2] += d[i] * (c.in[1][i] - layer[s]);
          }
      } else {
        T to_mean(0), to_variance(0);
        for (Size j = 0; j < width; ++j) {
          to_mean += w[0][1] * d[j] / T(width);
          to_variance += w[1][1] * d[width + j] / T(width);
        }
        T* out = c.out + n * 2 * width;
        for (Size j = 0; j < width; ++j) {
          out[j] = w[0][0] * d[j] + to_mean + 2 * (own[j] - layer[0]) * to_variance;
          out[width + j] = w[1][0] * d[width + j] + to_variance;
        }
      }
    }
    if (part != MixPart::lambdas) return;
    for (std::size_t s = 0; s < 2; ++s) {
      T mean(0);
      for (std::size_t k = 0; k < 3; ++k) mean += w[s][k] * pull[s][k];
      for (std::size_t k = 0; k < 3; ++k) slot[s * 3 + k] = w[s][k] * (pull[s][k] - mean);
    }
  }
};

// Inputs moments [batch, 2, C], the batch's [2, C], λ, λ' → the mix, μ and v [batch, 2, C].
struct MixOp final : PlainOp<MixOp> {
  std::string_view name() const override { return "mix_statistics"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0);
    const std::array<std::array<T, 3>, 2> w{mix_of(c.in[2]), mix_of(c.in[3])};
    for (Size n = c.begin; n < c.end; ++n) {
      const T* own = c.in[0] + n * 2 * width;
      const std::array<T, 2> layer = layer_moments(own, width);
      for (std::size_t s = 0; s < 2; ++s)
        for (Size j = 0; j < width; ++j) {
          const Size i = Size(s) * width + j;
          c.out[n * 2 * width + i] =
              layer[s] + w[s][0] * (own[i] - layer[s]) + w[s][2] * (c.in[1][i] - layer[s]);
        }
    }
  }
  Values gradient(const Values& in, Value, Value d) const override {
    Graph& graph = *d.graph;
    const auto part = [&](MixPart which) {
      return graph.add(MixBackwardOp(which, graph.shards()), {in[0], in[1], in[2], in[3], d});
    };
    const Value lambdas = graph.add(MergeSumsOp{}, {part(MixPart::lambdas)});
    return {part(MixPart::samples), graph.add(MergeSumsOp{}, {part(MixPart::batch)}),
            graph.add(PickRowOp(0), {lambdas}), graph.add(PickRowOp(1), {lambdas})};
  }
};

// Inputs x, the mix, dy → [batch, 2, C] of Σ dy and Σ dy x̂ over positions.
struct MixedSumsOp final : PlainOp<MixedSumsOp> {
  explicit MixedSumsOp(double epsilon) : eps(epsilon) {}
  double eps;
  std::string_view name() const override { return "mixed_sums"; }
  std::string settings() const override { return formatted("eps={}", eps); }
  Shape shape(const Shapes& in) const override { return in[1]; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0), sample = c.shapes[0]->row();
    for (Size n = c.begin; n < c.end; ++n) {
      const T *mean = c.in[1] + n * 2 * width, *x = c.in[0] + n * sample,
              *dy = c.in[2] + n * sample;
      T *sum = c.out + n * 2 * width, *sum_xhat = sum + width;
      std::fill_n(sum, 2 * width, T(0));
      for (Size i = 0; i < sample; i += width)
        for (Size j = 0; j < width; ++j) {
          sum[j] += dy[i + j];
          sum_xhat[j] += dy[i + j] * (x[i + j] - mean[j]);
        }
      for (Size j = 0; j < width; ++j) sum_xhat[j] /= std::sqrt(mean[width + j] + T(eps));
    }
  }
};

// Inputs the sums, the mix, γ → d of the mix.
struct MixedStatisticsBackwardOp final : PlainOp<MixedStatisticsBackwardOp> {
  explicit MixedStatisticsBackwardOp(double epsilon) : eps(epsilon) {}
  double eps;
  std::string_view name() const override { return "mixed_statistics_backward"; }
  std::string settings() const override { return formatted("eps={}", eps); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0);
    for (Size n = c.begin; n < c.end; ++n)
      for (Size j = 0; j < width; ++j) {
        const Size i = n * 2 * width + j;
        const T inverse = T(1) / std::sqrt(c.in[1][i + width] + T(eps));
        const T slope = c.in[2][j] * inverse;
        c.out[i] = -slope * c.in[0][i];
        c.out[i + width] = T(-0.5) * slope * inverse * c.in[0][i + width];
      }
  }
};

// Inputs x, the mix, γ, β → y; or dy, the mix, γ → dx with the mix held.
struct MixedNormOp final : PlainOp<MixedNormOp> {
  MixedNormOp(double epsilon, bool of_gradient) : eps(epsilon), backward(of_gradient) {}
  double eps;
  bool backward;
  std::string_view name() const override {
    return backward ? "switchable_norm_backward" : "switchable_norm";
  }
  std::string settings() const override { return formatted("eps={}", eps); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input == 0; }
  double flops(const Shapes&, const Shape& out) const override { return 4.0 * double(out.count()); }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0);
    for (Size n = c.begin; n < c.end; ++n) {
      const T *mean = c.in[1] + n * 2 * width, *variance = mean + width;
      const T* x = c.in[0] + n * c.item;
      T* out = c.out + n * c.item;
      for (Size i = 0; i < c.item; i += width)
        for (Size j = 0; j < width; ++j) {
          const T factor = c.in[2][j] / std::sqrt(variance[j] + T(eps));
          out[i + j] = backward ? x[i + j] * factor : (x[i + j] - mean[j]) * factor + c.in[3][j];
        }
    }
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    Graph& graph = *dy.graph;
    const Value sums = graph.add(MixedSumsOp(eps), {in[0], in[1], dy});
    const Value both = graph.add(MergeSumsOp{}, {graph.add(SampleSumsOp(graph.shards()), {sums})});
    return {graph.add(MixedNormOp(eps, true), {dy, in[1], in[2]}),
            graph.add(MixedStatisticsBackwardOp(eps), {sums, in[1], in[2]}),
            graph.add(PickRowOp(1), {both}), graph.add(PickRowOp(0), {both})};
  }
};

inline Value instance_moments(Value x) { return x.graph->add(InstanceMomentsOp{}, {x}); }

// [2, C], from the moments of samples with `positions` each.
inline Value moments_of_batch(Value moments, Size positions) {
  Graph& graph = *moments.graph;
  const Value slots = graph.add(MomentsOfSamplesOp(graph.shards(), positions), {moments});
  const Value merged = graph.add(MergeMomentsOp(positions), {slots});
  return graph.add(MomentsOfBatchOp{}, {moments, merged});
}

// λ, λ': [3], the logarithms of the mean's and the variance's weights.
inline Value switchable_norm(Value x, Value moments, Value of_batch, Value lambda_mean,
                             Value lambda_variance, Value gamma, Value beta, double eps) {
  Graph& graph = *x.graph;
  const Value mix = graph.add(MixOp{}, {moments, of_batch, lambda_mean, lambda_variance});
  return graph.add(MixedNormOp(eps, false), {x, mix, gamma, beta});
}

}  // namespace goodfit
