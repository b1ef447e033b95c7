// Weight norm: W = g v / ‖v‖ for each unit: its length g and its direction v are trained apart.
//
//   v: shape of W   g: [units, 1, …], at first ‖v‖, so that W begins as it would without
//
// Evens out how fast units learn, without looking at the batch. On disk as PyTorch's weight_norm:
// weight_g and weight_v. Regularizers act on v. Source: Salimans & Kingma 2016, arXiv:1602.07868,
// eq. 2 and 3.
#pragma once
#include "goodfit/compute/ops/scale_units.hpp"
#include "goodfit/parts/parametrizations/parametrization.hpp"

namespace goodfit {

struct WeightNorm {
  static constexpr Card card{"weight_norm", "Trains length and direction of each unit apart."};
  static constexpr std::string_view suffix = "_v";
  static constexpr auto fields() { return Fields{}; }

  Value build(Net& net, const Raw& raw) const {
    const Units& units = raw.units;
    const Shape lengths = units.lengths(raw.value.shape());
    const Value g = net.bias(raw.name + "_g", lengths, [&](Span to) {
      const float* v = net.now(raw.value).data();
      for (Size unit = 0; unit < units.count(); ++unit)
        to[std::size_t(unit)] = float(length_of(units, v, unit));
    });
    return scale_units(raw.value, g, units);
  }
};

}  // namespace goodfit
