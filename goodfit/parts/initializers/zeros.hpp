// Zeros: every value is 0.
//
//   w = 0
//
// The default of biases. As weights of a hidden layer it stops learning: all units of a layer then
// have equal gradients and stay equal for ever.
#pragma once
#include <algorithm>

#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

struct Zeros {
  static constexpr Card card{"zeros", "Every value is 0; for biases."};
  static constexpr auto fields() { return Fields{}; }

  void fill(Span w, const Fan&, Random&) const { std::fill(w.begin(), w.end(), 0.0f); }
};

}  // namespace goodfit
