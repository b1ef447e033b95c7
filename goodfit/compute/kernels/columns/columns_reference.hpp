// Columns: the formulas of columns.hpp, one element at a time.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels::reference {

template <class T>
void scale_shift(const T* x, const T* scale, const T* shift, T* y, Size rows, Size c) {
  for (Size r = 0; r < rows; ++r)
    for (Size j = 0; j < c; ++j) y[r * c + j] = x[r * c + j] * scale[j] + shift[j];
}

template <class T>
void add_row(const T* x, const T* b, T* y, Size rows, Size c) {
  for (Size r = 0; r < rows; ++r)
    for (Size j = 0; j < c; ++j) y[r * c + j] = x[r * c + j] + b[j];
}

template <class T>
void column_sums(const T* x, Size rows, Size c, T* out) {
  for (Size j = 0; j < c; ++j) {
    T sum(0);
    for (Size r = 0; r < rows; ++r) sum += x[r * c + j];
    out[j] = sum;
  }
}

template <class T>
void column_moments(const T* x, Size rows, Size c, T* mean, T* m2) {
  column_sums(x, rows, c, mean);
  for (Size j = 0; j < c; ++j) {
    if (rows > 0) mean[j] = mean[j] / T(rows);
    T sum(0);
    for (Size r = 0; r < rows; ++r) sum += (x[r * c + j] - mean[j]) * (x[r * c + j] - mean[j]);
    m2[j] = sum;
  }
}

template <class T>
void merge_sums(Size shards, Size width, Size stride, const T* partials, T* out) {
  for (Size j = 0; j < width; ++j) {
    out[j] = 0;
    for (Size s = 0; s < shards; ++s) out[j] += partials[s * stride + j];
  }
}

template <class T>
void merge_moments(Size shards, const Size* counts, Size c, const T* moments, T* mean, T* m2) {
  for (Size j = 0; j < c; ++j) {
    Size n = 0;
    T middle(0), spread(0);
    for (Size s = 0; s < shards; ++s) {
      if (counts[s] == 0) continue;
      const T apart = moments[2 * s * c + j] - middle;
      const T share = T(counts[s]) / T(n + counts[s]);
      middle += apart * share;
      spread += moments[(2 * s + 1) * c + j] + apart * apart * T(n) * share;
      n += counts[s];
    }
    mean[j] = middle;
    m2[j] = spread;
  }
}

}  // namespace goodfit::kernels::reference
