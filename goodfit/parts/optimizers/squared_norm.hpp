// Squared norm of a tensor: ‖x‖² = Σ x², summed in double in eight chains, always in the same
// order.
#pragma once
#include <array>

#include "goodfit/base/size.hpp"

namespace goodfit {

// `term(i)` is the i-th of `count` numbers.
template <class Term>
double squared_norm(std::size_t count, Term term) {
  std::array<double, 8> sums{};
  std::size_t i = 0;
  for (; i + sums.size() <= count; i += sums.size())
    for (std::size_t chain = 0; chain < sums.size(); ++chain) {
      const double x = double(term(i + chain));
      sums[chain] += x * x;
    }
  for (; i < count; ++i) sums[0] += double(term(i)) * double(term(i));
  double total = 0;
  for (const double sum : sums) total += sum;
  return total;
}

inline double squared_norm(ConstSpan x) {
  return squared_norm(x.size(), [&](std::size_t i) { return x[i]; });
}

}  // namespace goodfit
