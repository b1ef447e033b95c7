// Gemm reference: C = activation(A · B + bias), summed in T in the order of k, one line of
// arithmetic.
//
//   C[i, j] = Σ_r A(i, r) B(r, j) + bias[j]          A: [rows, k]   B: [k, n]   C: [rows, n]
//
// A transposed operand is stored the other way round: A(i, r) = a[r · a_stride + i].
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

template <class In>
struct ReferenceOperand {
  const In* data;
  Size stride;
  bool transposed = false;
  In operator()(Size row, Size column) const {
    return transposed ? data[column * stride + row] : data[row * stride + column];
  }
};

template <class T, class In>
void gemm_reference(ReferenceOperand<In> a, ReferenceOperand<In> b, Size rows, Size k, Size n, T* c,
                    Size c_stride, const In* bias = nullptr, bool relu = false) {
  for (Size i = 0; i < rows; ++i) {
    for (Size j = 0; j < n; ++j) {
      T sum = 0;
      for (Size r = 0; r < k; ++r) sum += T(a(i, r)) * T(b(r, j));
      if (bias) sum += T(bias[j]);
      c[i * c_stride + j] = relu && sum < 0 ? T(0) : sum;
    }
  }
}

}  // namespace goodfit::kernels
