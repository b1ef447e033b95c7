// Automatic: the recipe's `init`, or `bias_init` for a bias; when that is automatic as well, what
// suits the activation that follows.
//
//   he_normal       before activations that all but close for half of their inputs (ReLU and its
//                   kin), with the gain of just this activation
//   xavier_normal   before all others, and before none
//   zeros           for a bias
//
// The default of dense layers, convolutions and biases; other layers have one of their own, which a
// recipe's does not replace.
#pragma once
#include "goodfit/parts/initializers/he_normal.hpp"
#include "goodfit/parts/initializers/xavier_normal.hpp"
#include "goodfit/parts/initializers/zeros.hpp"

namespace goodfit {

struct Automatic {
  static constexpr Card card{
      "automatic", "The recipe's; else he_normal before ReLU and its kin, or xavier_normal."};
  static constexpr auto fields() { return Fields{}; }

  void fill(Span w, const Fan& fan, Random& random) const {
    if (fan.bias)
      Zeros{}.fill(w, fan, random);
    else if (fan.gain.halves)
      HeNormal{.gain = fan.gain.value}.fill(w, fan, random);
    else
      XavierNormal{}.fill(w, fan, random);
  }
};

}  // namespace goodfit
