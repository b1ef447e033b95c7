// Sparse: each input reaches few units, by normal values; all other weights are 0.
//
//   of each column  ⌈sparsity · units⌉ weights are 0,  the others ~ N(0, std²)
//
// Large weights without saturation, as few of them add up; units differ from the start.
// Source: Martens 2010, "Deep learning via Hessian-free optimization", ICML, section 5; which end
// is sparse, and the rounding, are those of PyTorch's sparse_.
#pragma once
#include <cmath>

#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

struct Sparse {
  double sparsity = 0.9;
  double std = 0.01;

  static constexpr Card card{"sparse", "Each input reaches few units, by normal values."};
  static constexpr auto fields() {
    return Fields{
        field("sparsity", &Sparse::sparsity, within(0, 1), "share of zeros for each input"),
        field("std", &Sparse::std, at_least(0), "standard deviation of the others"),
    };
  }

  void fill(Span w, const Fan& fan, Random& random) const {
    const Size count = Size(w.size());
    const Size columns = fan.in > 0 && count % fan.in == 0 ? fan.in : count;  // a bias is one row
    if (count == 0) return;
    const Size rows = count / columns, zeros = Size(std::ceil(sparsity * double(rows)));
    for (float& x : w) x = float(std * random.normal());
    for (Size column = 0; column < columns; ++column) {
      const std::vector<Size> order = permutation(rows, random);
      for (Size i = 0; i < zeros; ++i) w[std::size_t(order[std::size_t(i)] * columns + column)] = 0;
    }
  }
};

}  // namespace goodfit
