// Lsuv: orthogonal, then scaled layer by layer until what leaves a layer has variance 1.
//
//   w ← orthogonal;  for each weight in the order of the net, at most `iterations` times:
//   w ← w / √Var(y)  until |Var(y) − 1| < tolerance
//
//   y: what w makes of the first batch of the training, all its numbers, before the bias
//
// Measures the gain that others take from a formula, so that deep nets without norms begin well
// behind any activation, pooling or residual. Done once before the first step, in mode train and
// without transforms. A weight whose size does not matter (weight_standardization, spectral_norm)
// or does not rule that of y (recurrent_init) stays orthogonal. Source: Mishkin & Matas 2015, "All
// you need is a good init", arXiv:1511.06422, algorithm 1.
#pragma once
#include "goodfit/parts/initializers/orthogonal.hpp"

namespace goodfit {

struct Lsuv {
  double tolerance = 0.1;
  Size iterations = 10;

  static constexpr Card card{"lsuv", "Orthogonal, scaled to outputs of variance 1 on a batch."};
  static constexpr auto fields() {
    return Fields{
        field("tolerance", &Lsuv::tolerance, above(0), "how far from 1 a variance may stay"),
        field("iterations", &Lsuv::iterations, at_least(1), "how often a weight is divided"),
    };
  }

  void fill(Span w, const Fan& fan, Random& random) const { Orthogonal{}.fill(w, fan, random); }
  Calibration calibration() const { return {tolerance, iterations}; }
};

}  // namespace goodfit
