// Columns: a row vector against every row of a matrix x [rows, c], and sums down its columns.
//
//   add_row         y[r,j] = x[r,j] + b[j]
//   scale_shift     y[r,j] = x[r,j] scale[j] + shift[j]
//   column_sums     out[j] = Σ_r x[r,j]
//   column_moments  mean[j] = Σ_r x[r,j] / rows        m2[j] = Σ_r (x[r,j] - mean[j])²
//   merge_sums      out[j] = Σ_s partials[s,j]
//   merge_moments   the mean and m2 of all shards' rows together, from theirs
//
// Partial results are merged two by two in a balanced tree over the shards, fixed by their number.
// Moments of a and b: δ = mean_b - mean_a, n = n_a + n_b,
//   mean = mean_a + δ n_b / n        m2 = m2_a + m2_b + δ² n_a n_b / n
//
// Contract: any sizes ≥ 0 and any alignment. y may be exactly x, out exactly the first shard's
// slot; other outputs overlap nothing. y's bits do not depend on how rows are cut. Moments of a
// shard lose nothing to a large mean: deviations are taken from the mean of the same 64 rows. The
// merge reads means rounded to floats, which costs m2 up to 2 δ n 2⁻²⁴ |mean|.
// Source: Chan, Golub & LeVeque 1983, "Algorithms for computing the sample variance", eq. 1.5, 1.7.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

void add_row(const float* x, const float* b, float* y, Size rows, Size c);
void scale_shift(const float* x, const float* scale, const float* shift, float* y, Size rows,
                 Size c);

void column_sums(const float* x, Size rows, Size c, float* out);
void column_moments(const float* x, Size rows, Size c, float* mean, float* m2);

// partials: [shards, width], `stride` floats from one shard to the next
void merge_sums(Size shards, Size width, Size stride, const float* partials, float* out);
// counts: rows of each shard, which may be 0; moments: [shards, 2, c], mean then m2
void merge_moments(Size shards, const Size* counts, Size c, const float* moments, float* mean,
                   float* m2);

}  // namespace goodfit::kernels
