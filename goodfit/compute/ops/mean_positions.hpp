// Mean over the positions of each sample: y[n, c] = Σ_p x[n, p, c] / P, global average pooling.
//
//   x: [batch, …, C]   y: [batch, C]   P: positions of a sample            dx[n, p, c] = dy[n, c] /
//   P
#pragma once
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/pooling/pooling_reference.hpp"

namespace goodfit {

// Input dy.
struct MeanPositionsBackwardOp final : PlainOp<MeanPositionsBackwardOp> {
  explicit MeanPositionsBackwardOp(const Shape& sample_of_x) : sample(sample_of_x) {}
  Shape sample;
  std::string_view name() const override { return "mean_positions_backward"; }
  std::string settings() const override { return sample.text(); }
  Shape shape(const Shapes& in) const override { return sample.with_first(in[0].front()); }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    mean_positions_backward(c.batch(0), c.end - c.begin, c.item / c.channels(0), c.channels(0),
                            c.out + c.first());
  }
};

struct MeanPositionsOp final : PlainOp<MeanPositionsOp> {
  std::string_view name() const override { return "mean_positions"; }
  Shape shape(const Shapes& in) const override { return {in[0].front(), in[0].back()}; }
  double flops(const Shapes& in, const Shape&) const override { return double(in[0].count()); }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(0);
    mean_positions(c.batch(0), c.end - c.begin, c.shapes[0]->row() / width, width,
                   c.out + c.first());
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    return {dy.graph->add(MeanPositionsBackwardOp(in[0].shape().without_first()), {dy})};
  }
};

inline Value mean_positions(Value x) { return x.graph->add(MeanPositionsOp{}, {x}); }

}  // namespace goodfit
