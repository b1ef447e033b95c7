// Constant: every value is the same number.
//
//   w = value
//
// For biases (0.1 before a ReLU, log-odds before a sigmoid) and for scales, never for the weights
// of a hidden layer: units that start equal stay equal.
#pragma once
#include <algorithm>

#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

struct Constant {
  double value = 0;

  static constexpr Card card{"constant", "Every value is the same number."};
  static constexpr auto fields() {
    return Fields{field("value", &Constant::value, any_number, "the number")};
  }

  void fill(Span w, const Fan&, Random&) const { std::fill(w.begin(), w.end(), float(value)); }
};

}  // namespace goodfit
