// Add row: y[…, c] = x[…, c] + b[c], the bias of a layer.      dx = dy,  db = Σ dy over the batch
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/compute/ops/sum_rows.hpp"

namespace goodfit {

struct AddRowOp final : PlainOp<AddRowOp> {
  std::string_view name() const override { return "add_row"; }
  Shape shape(const Shapes& in) const override {
    if (in[1].rank() != 1 || in[0].back() != in[1].back())
      fail("add_row: a row of shape {} does not fit {}", in[1].text(), in[0].text());
    return in[0];
  }
  bool may_overwrite(int input) const override { return input == 0; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    add_row(c.batch(0), c.in[1], c.out + c.first(), c.vectors(0), c.channels(0));
  }
  Values gradient(const Values&, Value, Value dy) const override { return {dy, sum_rows(dy)}; }
};

inline Value add_row(Value x, Value row) { return x.graph->add(AddRowOp{}, {x, row}); }

}  // namespace goodfit
