// Gemm: products of float matrices, for dense layers forward, backward and for their weights.
//
//   gemm_packed          C[rows, n]  = epilogue(A[rows, k] · B[k, n])     B packed once per step
//   gemm_in_place        C[rows, n]  = A[rows, k] · B[k, n]               B as it lies in memory
//   gemm_transposed_a    C[m, n] (+)= Aᵀ · B = Σ_k A[k, m] B[k, n]        B as it lies in memory
//
// A micro-kernel keeps a tile of C (rows × two vectors) in registers and runs along k: two loads of
// B and one broadcast of A per row feed two multiply-adds per row. B is cut into panels two vectors
// wide, so that a panel is read in order and stays in cache while the tiles of rows pass over it.
//
// Contract. All matrices are row-major, strides count floats, nothing need be aligned, outputs
// alias no input, nothing is allocated, one thread works: callers cut the work. Sizes may be 0.
// Bits: an element of C is one chain of multiply-adds over k = 0, 1, 2, … from zero (from C when
// accumulating), fused on every target but the scalar one, then + bias. So its bits do not depend
// on how rows or m were cut between calls, only on the target. The columns beyond whole panels are
// four chains, over every fourth k, for each 256 steps of k: total + ((s₀ + s₂) + (s₁ + s₃)). That
// is so for half a panel at most, a quarter in place or with k < 32, where a vector has four lanes
// or more, and never for gemm_transposed_a. With AVX-512 eight columns alone are computed, and
// packed, as with AVX2, in place for k < 1024 and else for k <= 128. Accuracy: |C − exact| ≤ (k +
// 2) · eps · Σ|a||b|, with |bias| and the old |C| joining the sum. A NaN passes through relu.
//
// Source of the scheme: Goto & van de Geijn 2008, "Anatomy of High-Performance Matrix
// Multiplication"; Van Zee & van de Geijn 2015, "BLIS".
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

// Columns of a panel: two vectors of the target in use. What has fewer is one panel.
Size panel_columns();

// Floats that pack_panels needs for B[k, n].
Size packed_floats(Size k, Size n);

// Packs the logical B[k, n] as packed[panel][k][panel_columns], zeros beyond n; half a panel or
// less at the end (a quarter, with k < 32) as [k / 4][columns][4], zeros beyond k.
//   transposed = false:  B(r, c) = b[r · row_stride + c]
//   transposed = true:   B(r, c) = b[c · row_stride + r], a weight stored [out, in] used forward
// Writes the panels [panel_begin, panel_end) alone; `packed` points to panel 0.
void pack_panels(const float* b, Size k, Size n, Size row_stride, bool transposed, float* packed,
                 Size panel_begin, Size panel_end);

// What happens to an element of C before it leaves its register: activation(x + bias[column]).
struct Epilogue {
  enum class Activation { none, relu };
  const float* bias = nullptr;  // n floats, or none
  Activation activation = Activation::none;
};

void gemm_packed(const float* a, Size a_stride, const float* packed, Size rows, Size k, Size n,
                 float* c, Size c_stride, const Epilogue& epilogue);

// For a B that fits into a first-level cache: packing it would cost more than it saves.
void gemm_in_place(const float* a, Size a_stride, const float* b, Size b_stride, Size rows, Size k,
                   Size n, float* c, Size c_stride);

// The weight gradient: A = dy [batch, out], B = x [batch, in], k = batch. Only the rows
// [m_begin, m_end) of C are touched; `c` points to row 0.
void gemm_transposed_a(const float* a, Size a_stride, const float* b, Size b_stride, Size k,
                       Size m_begin, Size m_end, Size n, float* c, Size c_stride, bool accumulate);

}  // namespace goodfit::kernels
