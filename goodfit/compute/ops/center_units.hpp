// Center units: y[u, …] = x[u, …] − mean over the rest of unit u, for each index u of the first
// axis.
//
// A projection, so that its gradient is itself.
#pragma once
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

struct CenterUnitsOp final : PlainOp<CenterUnitsOp> {
  std::string_view name() const override { return "center_units"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  Cut cut(const Shapes&, const Shape& out) const override {
    return {out.front(), std::max<Size>(1, tile / out.row())};
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.shape->row(), whole = c.shape->front();
    const bool cut = c.shape->count() > tile;
    for (Size unit = cut ? c.begin : 0; unit < (cut ? c.end : whole); ++unit) {
      const T* x = c.in[0] + unit * width;
      double sum = 0;
      for (Size i = 0; i < width; ++i) sum += double(x[i]);
      const T mean = T(sum / double(width));
      for (Size i = 0; i < width; ++i) c.out[unit * width + i] = x[i] - mean;
    }
  }
  Values gradient(const Values&, Value, Value d) const override {
    return {d.graph->add(CenterUnitsOp{}, {d})};
  }
};

inline Value center_units(Value x) { return x.graph->add(CenterUnitsOp{}, {x}); }

}  // namespace goodfit
