// LecunNormal: keeps the size of the signal through linear layers.
//
//   w ~ N(0, 1 / fan_in)
//
// For selu, whose fixed point it is, and for tanh scaled to slope 1. Not cut off at 2 deviations,
// as it is in some frameworks: variance_scaling with truncated_normal does that. Source: LeCun,
// Bottou, Orr & Müller 1998, "Efficient BackProp", eq. 16; Klambauer et al. 2017, "Self-Normalizing
// Neural Networks", arXiv:1706.02515, section "Initialization".
#pragma once
#include "goodfit/parts/initializers/he_normal.hpp"

namespace goodfit {

struct LecunNormal {
  static constexpr Card card{"lecun_normal", "Normal with variance 1 / fan_in; before selu."};
  static constexpr auto fields() { return Fields{}; }

  void fill(Span w, const Fan& fan, Random& random) const {
    HeNormal{.gain = 1}.fill(w, fan, random);
  }
};

}  // namespace goodfit
