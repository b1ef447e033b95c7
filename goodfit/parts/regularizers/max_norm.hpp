// Max norm: after each step, rows longer than `max` are scaled back to it.
//
//   ‖w_r‖ > max:   w_r ← w_r · max / ‖w_r‖        for each row r of a weight [rows, …]
//
// A row is what comes into one unit or filter. Lets a high lr explore without weights that run
// away; usual beside dropout, with max between 2 and 4. Source: Srebro, Rennie & Jaakkola 2005,
// "Maximum-Margin Matrix Factorization"; Hinton et al. 2012, arXiv:1207.0580, section 2; Srivastava
// et al. 2014, section 5.1.
#pragma once
#include <cmath>

#include "goodfit/parts/regularizers/regularizer.hpp"

namespace goodfit {

struct MaxNorm {
  double max = 3;

  static constexpr Card card{"max_norm", "Scales rows back that are longer than max."};
  static constexpr auto fields() {
    return Fields{field("max", &MaxNorm::max, above(0), "greatest length of a row")};
  }
  static constexpr bool whole_rows = true;

  void project(double, Size rows, Span w) const {
    const std::size_t width = w.size() / std::size_t(rows);
    for (Size r = 0; r < rows; ++r) {
      const Span row = w.subspan(std::size_t(r) * width, width);
      double squares = 0;
      for (const float x : row) squares += double(x) * double(x);
      if (squares <= max * max) continue;
      // A little less than max, so that rounding leaves no row longer.
      const double factor = max / std::sqrt(squares) * (1 - 1e-7);
      for (float& x : row) x = float(factor * double(x));
    }
  }
};

}  // namespace goodfit
