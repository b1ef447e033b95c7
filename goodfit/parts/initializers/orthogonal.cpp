#include "goodfit/parts/initializers/orthogonal.hpp"

#include <cmath>
#include <numeric>

namespace goodfit {

// Gram & Schmidt, modified: R's diagonal holds lengths, so it is positive without a change of sign.
// Once is enough in double: what it loses, about 1e-16 times the condition of A, is below float.
void Orthogonal::fill(Span w, const Fan& fan, Random& random) const {
  const Size count = Size(w.size());
  const Size columns = fan.in > 0 && count % fan.in == 0 ? fan.in : count;  // a bias is one row
  if (count == 0) return;
  const Size rows = count / columns;
  const bool wide = rows <= columns;
  const Size vectors = wide ? rows : columns, length = wide ? columns : rows;
  const auto at = [&](Size vector, Size i) {
    return std::size_t(wide ? vector * columns + i : i * columns + vector);
  };

  std::vector<double> a(w.size());  // the vectors one after the other, each `length` long
  for (Size row = 0; row < rows; ++row)
    for (Size column = 0; column < columns; ++column)
      a[std::size_t(wide ? row * length + column : column * length + row)] = random.normal();

  for (Size k = 0; k < vectors; ++k) {
    double* const q = a.data() + k * length;
    const double size = std::sqrt(std::inner_product(q, q + length, q, 0.0));
    for (Size i = 0; i < length; ++i) q[i] /= size;
    for (Size later = k + 1; later < vectors; ++later) {
      double* const v = a.data() + later * length;
      const double along = std::inner_product(q, q + length, v, 0.0);
      for (Size i = 0; i < length; ++i) v[i] -= along * q[i];
    }
    for (Size i = 0; i < length; ++i) w[at(k, i)] = float(gain * q[i]);
  }
}

}  // namespace goodfit
