// Exponential: many small values, few large ones.
//
//   w = std · (e − 1),  e ~ Exp(1)        mean 0, variance std², skewed to one side
//
// Not centered it is std · e, all positive with mean std: then the sums of a layer drift with the
// number of inputs and the units saturate alike. Here to answer "why not another distribution?";
// variance_scaling scales it to the size of a layer.
#pragma once
#include <cmath>

#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

struct Exponential {
  double std = 1;
  bool centered = true;

  static constexpr Card card{"exponential", "Exponential values, shifted to mean 0."};
  static constexpr auto fields() {
    return Fields{
        field("std", &Exponential::std, at_least(0), "standard deviation of the values"),
        field("centered", &Exponential::centered, "subtracts the mean, which is std"),
    };
  }

  void fill(Span w, const Fan&, Random& random) const {
    const double mean = centered ? 1 : 0;
    for (float& x : w) x = float(std * (-std::log1p(-random.uniform()) - mean));
  }
};

}  // namespace goodfit
