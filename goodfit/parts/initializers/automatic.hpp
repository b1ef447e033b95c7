// Automatic: looks at what follows, and takes the initializer that suits it.
//
//   he_normal       before activations that all but close for half of their inputs (ReLU and its
//                   kin), with the gain of just this activation
//   xavier_normal   before all others, and before none
//
// The default of all weights.
#pragma once
#include "goodfit/parts/initializers/he_normal.hpp"
#include "goodfit/parts/initializers/xavier_normal.hpp"

namespace goodfit {

struct Automatic {
  static constexpr Card card{"automatic", "he_normal before ReLU and its kin, else xavier_normal."};
  static constexpr auto fields() { return Fields{}; }

  void fill(Span w, const Fan& fan, Random& random) const {
    if (fan.gain.halves)
      HeNormal{.gain = fan.gain.value}.fill(w, fan, random);
    else
      XavierNormal{}.fill(w, fan, random);
  }
};

}  // namespace goodfit
