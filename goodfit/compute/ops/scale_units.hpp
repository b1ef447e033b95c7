// Scale units: w = g v / ‖v‖, direction and length of each unit's numbers apart.
//
//   dv = g / ‖v‖ (dw − v̂ (v̂ · dw))        dg = v̂ · dw        v̂ = v / ‖v‖
//
// v, w: a weight, whose units lie as `Units` says   g: a number for each unit
#pragma once
#include <cmath>

#include "goodfit/compute/ops/units.hpp"

namespace goodfit {

template <class T>
double length_of(const Units& u, const T* v, Size unit) {
  double squares = 0;
  u.each(unit, [&](Size i) { squares += double(v[i]) * double(v[i]); });
  return std::sqrt(squares);
}
// v̂ · dw
template <class T>
double along_unit(const Units& u, const T* v, const T* dw, Size unit, double length) {
  double sum = 0;
  u.each(unit, [&](Size i) { sum += double(v[i]) * double(dw[i]); });
  return sum / length;
}

// Inputs v, dw and g, which lends its shape: dg.
struct ScaleUnitsLengthOp final : UnitsOp<ScaleUnitsLengthOp> {
  using UnitsOp::UnitsOp;
  std::string_view name() const override { return "scale_units_length"; }
  Shape shape(const Shapes& in) const override { return in[2]; }
  template <class T>
  void work(const Call<T>& c) const {
    for (Size unit = c.begin; unit < c.end; ++unit)
      c.out[unit] = T(along_unit(u, c.in[0], c.in[1], unit, length_of(u, c.in[0], unit)));
  }
};

// Inputs v, dw, g: dv.
struct ScaleUnitsDirectionOp final : UnitsOp<ScaleUnitsDirectionOp> {
  using UnitsOp::UnitsOp;
  std::string_view name() const override { return "scale_units_direction"; }
  template <class T>
  void work(const Call<T>& c) const {
    const T *v = c.in[0], *dw = c.in[1], *g = c.in[2];
    for (Size unit = c.begin; unit < c.end; ++unit) {
      const double length = length_of(u, v, unit), by = double(g[unit]) / length;
      const double along = along_unit(u, v, dw, unit, length) / length;
      u.each(unit, [&](Size i) { c.out[i] = T(by * (double(dw[i]) - along * double(v[i]))); });
    }
  }
};

// Inputs v, g.
struct ScaleUnitsOp final : UnitsOp<ScaleUnitsOp> {
  using UnitsOp::UnitsOp;
  std::string_view name() const override { return "scale_units"; }
  template <class T>
  void work(const Call<T>& c) const {
    const T *v = c.in[0], *g = c.in[1];
    for (Size unit = c.begin; unit < c.end; ++unit) {
      const double by = double(g[unit]) / length_of(u, v, unit);
      u.each(unit, [&](Size i) { c.out[i] = T(by * double(v[i])); });
    }
  }
  Values gradient(const Values& in, Value, Value dw) const override {
    Graph& graph = *dw.graph;
    return {graph.add(ScaleUnitsDirectionOp(u), {in[0], dw, in[1]}),
            graph.add(ScaleUnitsLengthOp(u), {in[0], dw, in[1]})};
  }
};

inline Value scale_units(Value v, Value g, const Units& units) {
  return v.graph->add(ScaleUnitsOp(units), {v, g});
}

}  // namespace goodfit
