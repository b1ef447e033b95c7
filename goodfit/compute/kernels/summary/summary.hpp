// Summary: what a glance at many floats x [n] adds up and counts, in double.
//
//   sum          Σ x                     zeros   how many are 0
//   squares      Σ (x - about)²          distance   Σ (x - y)²
//   count_bins   adds 1 to counts[b] for each x, b = ⌊at⌋ within 0 … bins - 1,
//                at = bins / 2 + (x - middle) bins_per_unit
//
// Contract: any n ≥ 0 and any alignment. Sums are made side by side, in an order that depends on n
// and the target; one with a number that is not finite is not finite. What is counted is finite.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

double sum(const float* x, Size n);
Size zeros(const float* x, Size n);
double squares(const float* x, Size n, double about);
double distance(const float* x, const float* y, Size n);
void count_bins(const float* x, Size n, double middle, double bins_per_unit, Size bins,
                Size* counts);

constexpr Size most_bins = 64;

}  // namespace goodfit::kernels
