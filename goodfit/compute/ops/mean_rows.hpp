// Mean over the batch: a scalar from one number per sample; the loss of a batch.
//
//   y = Σ x / samples      dx = dy / samples, for the samples that are really there
#pragma once
#include "goodfit/compute/ops/sum_rows.hpp"

namespace goodfit {

struct DivideByRowsOp final : PlainOp<DivideByRowsOp> {
  explicit DivideByRowsOp(Size positions) : per_sample(positions) {}
  Size per_sample;  // numbers of one sample
  std::string_view name() const override { return "divide_by_rows"; }
  std::string settings() const override { return std::to_string(per_sample); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  template <class T>
  void work(const Call<T>& c) const {
    for (Size i = 0; i < c.count(); ++i) c.out[i] = c.in[0][i] / T(c.rows * per_sample);
  }
  Values gradient(const Values&, Value, Value d) const override {
    return {d.graph->add(*this, {d})};
  }
};

// x: [batch, …, 1] → [1].
inline Value mean_rows(Value x) {
  const Size per_sample = x.shape().row() / x.shape().back();
  return x.graph->add(DivideByRowsOp(per_sample), {sum_rows(x)});
}

}  // namespace goodfit
