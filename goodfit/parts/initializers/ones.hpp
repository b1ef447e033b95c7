// Ones: every value is 1.
//
//   w = 1
//
// For scales, which then change nothing at the start; as weights of a hidden layer it stops
// learning, as units that start equal stay equal.
#pragma once
#include <algorithm>

#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

struct Ones {
  static constexpr Card card{"ones", "Every value is 1; for scales."};
  static constexpr auto fields() { return Fields{}; }

  void fill(Span w, const Fan&, Random&) const { std::fill(w.begin(), w.end(), 1.0f); }
};

}  // namespace goodfit
