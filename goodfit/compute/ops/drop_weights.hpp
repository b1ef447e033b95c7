// Drop weights: y = w / (1 − p) where a weight is kept, else 0; one mask for all samples of a step.
//
// The mask is not stored: it is a function of (seed, stream, step, row, column), made again for the
// gradient. Source: Wan et al. 2013, "Regularization of Neural Networks using DropConnect".
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/dropout.hpp"

namespace goodfit {

struct DropWeightsOp final : PlainOp<DropWeightsOp> {
  DropWeightsOp(double probability, std::uint32_t own_stream)
      : p(probability), stream(own_stream) {}
  double p;
  std::uint32_t stream;
  std::string_view name() const override { return "drop_weights"; }
  std::string settings() const override { return formatted("p={} stream={}", p, stream); }
  bool draws() const override { return true; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::tiles; }
  Cut cut(const Shapes&, const Shape& out) const override {
    return {out.front(), std::max<Size>(1, tile / out.row())};
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.shape->row(), first = c.begin * width;
    dropout(c.in[0] + first, c.out + first, Masking{float(p), 1 / (1 - p)},
            MaskKey{c.seed, stream, c.step}, c.begin, c.end - c.begin, width);
  }
  Values gradient(const Values&, Value, Value dy) const override {
    return {dy.graph->add(*this, {dy})};
  }
};

inline Value drop_weights(Value w, double p, std::uint32_t stream) {
  return w.graph->add(DropWeightsOp(p, stream), {w});
}

}  // namespace goodfit
