// Orthogonal: rows (or, of a tall matrix, columns) that are orthogonal and of length `gain`.
//
//   A ~ N(0, 1) of [units, fan_in];  A = Q R,  R with a positive diagonal;  w = gain · Q
//   wide or square:  w wᵀ = gain² · 1        tall:  wᵀ w = gain² · 1
//
// Keeps lengths exactly instead of on average and decorrelates the units; for deep and recurrent
// nets. Filters of a convolution are taken as flat rows. Source: Saxe, McClelland & Ganguli 2014,
// "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
// arXiv:1312.6120; the sign of R as in Mezzadri 2007, eq. 5.1.
#pragma once
#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

struct Orthogonal {
  double gain = 1;

  static constexpr Card card{"orthogonal", "Orthogonal rows or columns of equal length."};
  static constexpr auto fields() {
    return Fields{
        field("gain", &Orthogonal::gain, above(0), "length of each row of a wide matrix")};
  }

  void fill(Span w, const Fan& fan, Random& random) const;
};

}  // namespace goodfit
