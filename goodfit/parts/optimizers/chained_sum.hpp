// Chained sum: Σ x_i of a tensor's numbers, in double in eight chains, always in the same order.
#pragma once
#include <array>

#include "goodfit/base/size.hpp"

namespace goodfit {

// `term(i)` is the i-th of `count` numbers.
template <class Term>
double chained_sum(std::size_t count, Term term) {
  std::array<double, 8> sums{};
  std::size_t i = 0;
  for (; i + sums.size() <= count; i += sums.size())
    for (std::size_t chain = 0; chain < sums.size(); ++chain) sums[chain] += term(i + chain);
  for (; i < count; ++i) sums[0] += term(i);
  double total = 0;
  for (const double sum : sums) total += sum;
  return total;
}

}  // namespace goodfit
