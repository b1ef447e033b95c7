// Uniform: independent values, evenly spread between two borders.
//
//   w ~ U[low, high)          mean (low + high) / 2, variance (high − low)² / 12
//
// The defaults are PyTorch's; for weights take borders around 0, or one of the scaled initializers.
#pragma once
#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

struct Uniform {
  double low = 0;
  double high = 1;

  static constexpr Card card{"uniform", "Values spread evenly between two borders."};
  static constexpr auto fields() {
    return Fields{
        field("low", &Uniform::low, any_number, "lower border"),
        field("high", &Uniform::high, any_number, "upper border"),
    };
  }

  void fill(Span w, const Fan&, Random& random) const {
    for (float& x : w) x = float(low + (high - low) * random.uniform());
  }
};

}  // namespace goodfit
