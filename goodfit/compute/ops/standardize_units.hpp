// Standardize units: y = (w − μ) / √(σ² + ε), with mean and variance of the numbers of each unit.
//
//   dw = (dy − mean dy − y mean(dy y)) / √(σ² + ε)
//
// w, y: a weight, whose units lie as `Units` says.
#pragma once
#include <cmath>

#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/units.hpp"

namespace goodfit {

struct StandardizeUnits : Units {
  double eps = 0;

  struct Moments {
    double mean, inverse;  // 1 / √(σ² + ε)
  };
  template <class T>
  Moments moments(const T* w, Size unit) const {
    double sum = 0, squares = 0;
    each(unit, [&](Size i) { sum += double(w[i]); });
    const double mean = sum / double(width());
    each(unit, [&](Size i) { squares += (double(w[i]) - mean) * (double(w[i]) - mean); });
    return {mean, 1 / std::sqrt(squares / double(width()) + eps)};
  }
};

// Inputs w, dy.
struct StandardizeUnitsBackwardOp final : UnitsOp<StandardizeUnitsBackwardOp> {
  explicit StandardizeUnitsBackwardOp(const StandardizeUnits& of) : UnitsOp(of), rule(of) {}
  StandardizeUnits rule;
  std::string_view name() const override { return "standardize_units_backward"; }
  std::string settings() const override { return formatted("{} eps={}", u.text(), rule.eps); }
  template <class T>
  void work(const Call<T>& c) const {
    const T *w = c.in[0], *dy = c.in[1];
    for (Size unit = c.begin; unit < c.end; ++unit) {
      const auto of = rule.moments(w, unit);
      double sum = 0, along = 0;
      u.each(unit, [&](Size i) {
        sum += double(dy[i]);
        along += double(dy[i]) * (double(w[i]) - of.mean) * of.inverse;
      });
      sum /= double(u.width());
      along /= double(u.width());
      u.each(unit, [&](Size i) {
        const double y = (double(w[i]) - of.mean) * of.inverse;
        c.out[i] = T((double(dy[i]) - sum - y * along) * of.inverse);
      });
    }
  }
};

struct StandardizeUnitsOp final : UnitsOp<StandardizeUnitsOp> {
  explicit StandardizeUnitsOp(const StandardizeUnits& of) : UnitsOp(of), rule(of) {}
  StandardizeUnits rule;
  std::string_view name() const override { return "standardize_units"; }
  std::string settings() const override { return formatted("{} eps={}", u.text(), rule.eps); }
  template <class T>
  void work(const Call<T>& c) const {
    for (Size unit = c.begin; unit < c.end; ++unit) {
      const auto of = rule.moments(c.in[0], unit);
      u.each(unit, [&](Size i) { c.out[i] = T((double(c.in[0][i]) - of.mean) * of.inverse); });
    }
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    return {dy.graph->add(StandardizeUnitsBackwardOp(rule), {in[0], dy})};
  }
};

inline Value standardize_units(Value w, const Units& units, double eps) {
  return w.graph->add(StandardizeUnitsOp({units, eps}), {w});
}

}  // namespace goodfit
