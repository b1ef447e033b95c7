// Laplace: a sharp peak at the mean and heavy tails on both sides.
//
//   w = mean ± (std / √2) · e,  e ~ Exp(1), either sign equally likely        variance std²
//
// Between normal and sparse: more weights near 0 and more far from it at the same variance. It is
// what an l1 penalty takes weights to be distributed like.
#pragma once
#include <cmath>
#include <numbers>

#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

struct Laplace {
  double mean = 0;
  double std = 1;

  static constexpr Card card{"laplace", "A sharp peak and heavy tails on both sides."};
  static constexpr auto fields() {
    return Fields{
        field("mean", &Laplace::mean, any_number, "mean of the values"),
        field("std", &Laplace::std, at_least(0), "standard deviation of the values"),
    };
  }

  void fill(Span w, const Fan&, Random& random) const {
    for (float& x : w) {
      const double side = random.uniform() < 0.5 ? -1 : 1;
      x = float(mean - side * std / std::numbers::sqrt2 * std::log1p(-random.uniform()));
    }
  }
};

}  // namespace goodfit
