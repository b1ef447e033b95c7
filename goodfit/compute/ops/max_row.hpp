// Max row: y[…, c] = max(x[…, c], τ[c]), a threshold for each channel.
//
//   x, y: [batch, …, C]   τ: [C]        dx = dy where x > τ, else 0        dτ = Σ dy where x ≤ τ
//
// Source: Singh & Krishnan 2019, arXiv:1911.09737, eq. 3 (the thresholded linear unit).
#pragma once
#include <algorithm>

#include "goodfit/base/error.hpp"
#include "goodfit/compute/ops/sum_rows.hpp"

namespace goodfit {

// Inputs x, τ, dy: the part of dy that goes to x, or the part that goes to τ.
struct MaxRowBackwardOp final : PlainOp<MaxRowBackwardOp> {
  explicit MaxRowBackwardOp(bool of_row) : to_row(of_row) {}
  bool to_row;
  std::string_view name() const override { return "max_row_backward"; }
  std::string settings() const override { return to_row ? "row" : ""; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input != 1; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0);
    const T *x = c.batch(0), *row = c.in[1], *dy = c.batch(2);
    T* out = c.out + c.first();
    for (Size r = 0, i = 0; r < c.vectors(0); ++r)
      for (Size j = 0; j < width; ++j, ++i) out[i] = (x[i] > row[j]) != to_row ? dy[i] : T(0);
  }
};

// Inputs x, τ.
struct MaxRowOp final : PlainOp<MaxRowOp> {
  std::string_view name() const override { return "max_row"; }
  Shape shape(const Shapes& in) const override {
    if (in[1].rank() != 1 || in[0].back() != in[1].back())
      fail("max_row: a row of shape {} does not fit {}", in[1].text(), in[0].text());
    return in[0];
  }
  bool may_overwrite(int input) const override { return input == 0; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0);
    const T *x = c.batch(0), *row = c.in[1];
    T* out = c.out + c.first();
    for (Size r = 0, i = 0; r < c.vectors(0); ++r)
      for (Size j = 0; j < width; ++j, ++i) out[i] = std::max(x[i], row[j]);
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    Graph& graph = *dy.graph;
    return {graph.add(MaxRowBackwardOp(false), {in[0], in[1], dy}),
            sum_rows(graph.add(MaxRowBackwardOp(true), {in[0], in[1], dy}))};
  }
};

inline Value max_row(Value x, Value row) { return x.graph->add(MaxRowOp{}, {x, row}); }

}  // namespace goodfit
