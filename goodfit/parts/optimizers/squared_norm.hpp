// Squared norm of a tensor: ‖x‖² = Σ x², as a chained sum.
#pragma once
#include "goodfit/parts/optimizers/chained_sum.hpp"

namespace goodfit {

// `term(i)` is the i-th of `count` numbers.
template <class Term>
double squared_norm(std::size_t count, Term term) {
  return chained_sum(count, [&](std::size_t i) {
    const double x = double(term(i));
    return x * x;
  });
}

inline double squared_norm(ConstSpan x) {
  return squared_norm(x.size(), [&](std::size_t i) { return x[i]; });
}

}  // namespace goodfit
