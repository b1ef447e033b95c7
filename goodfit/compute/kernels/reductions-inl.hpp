// Reductions: sums down the columns of a matrix, several columns and several sums at a time.
//
// Four independent chains of additions hide their latency: four vectors of columns, or fewer
// columns and more rows. Rows are summed in blocks and the blocks' sums added up, so the error
// grows with block + rows / block instead of rows. The order depends on rows and c alone.
#if defined(GOODFIT_KERNELS_REDUCTIONS) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_KERNELS_REDUCTIONS
#undef GOODFIT_KERNELS_REDUCTIONS
#else
#define GOODFIT_KERNELS_REDUCTIONS
#endif

#include <algorithm>

#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

inline constexpr Size chains = 4;
inline constexpr Size block_rows = 64;

// K vectors of columns, S sums of each.
template <std::size_t S, Size K>
struct ColumnSums {
  V of[K][S];
};

// term(part, row, column) returns the S terms of a row for the vector of columns at `column`.
template <std::size_t S, Size K, class At, class Term>
HWY_INLINE ColumnSums<S, K> sum_block(const At& at, Size begin, Size end, Size column,
                                      const Term& term) {
  constexpr Size rows = chains / K;
  V sums[chains][S];
  HWY_UNROLL(4) for (Size i = 0; i < chains; ++i) {
    HWY_UNROLL(4) for (std::size_t s = 0; s < S; ++s) sums[i][s] = zero();
  }
  Size r = begin;
  for (; r + rows <= end; r += rows) {
    HWY_UNROLL(4) for (Size i = 0; i < chains; ++i) {
      const std::array<V, S> terms = term(at, r + i / K, column + i % K * lanes);
      HWY_UNROLL(4) for (std::size_t s = 0; s < S; ++s) sums[i][s] = hn::Add(sums[i][s], terms[s]);
    }
  }
  for (; r < end; ++r) {
    HWY_UNROLL(4) for (Size i = 0; i < K; ++i) {
      const std::array<V, S> terms = term(at, r, column + i * lanes);
      HWY_UNROLL(4) for (std::size_t s = 0; s < S; ++s) sums[i][s] = hn::Add(sums[i][s], terms[s]);
    }
  }
  ColumnSums<S, K> result;
  HWY_UNROLL(4) for (Size k = 0; k < K; ++k) {
    HWY_UNROLL(4) for (std::size_t s = 0; s < S; ++s) {
      V sum = sums[k][s];
      HWY_UNROLL(4) for (Size i = k + K; i < chains; i += K) sum = hn::Add(sum, sums[i][s]);
      result.of[k][s] = sum;
    }
  }
  return result;
}

// chunk.template operator()<K>(part, column) for groups of K vectors that cover columns 0 … c-1.
template <class Chunk>
HWY_INLINE void each_chunk(Size c, const Chunk& chunk) {
  Size j = 0;
  for (; j + 4 * lanes <= c; j += 4 * lanes) chunk.template operator()<4>(Whole{}, j);
  if (j + 2 * lanes <= c) {
    chunk.template operator()<2>(Whole{}, j);
    j += 2 * lanes;
  }
  if (j + lanes <= c) {
    chunk.template operator()<1>(Whole{}, j);
    j += lanes;
  }
  if (j < c) chunk.template operator()<1>(Some(c - j), j);
}

// out[s][j] = Σ over rows of term s in column j; with `more`, added to what is there.
template <std::size_t S, class Term>
HWY_INLINE void sum_columns(Size rows, Size c, const std::array<float*, S>& out, bool more,
                            const Term& term) {
  each_chunk(c, [&]<Size K>(const auto& at, Size j) HWY_ATTR {
    ColumnSums<S, K> totals;
    for (Size k = 0; k < K; ++k) {
      for (std::size_t s = 0; s < S; ++s)
        totals.of[k][s] = more ? at.load(out[s] + j + k * lanes) : zero();
    }
    for (Size begin = 0; begin < rows; begin += block_rows) {
      const ColumnSums<S, K> block =
          sum_block<S, K>(at, begin, std::min(rows, begin + block_rows), j, term);
      for (Size k = 0; k < K; ++k) {
        for (std::size_t s = 0; s < S; ++s)
          totals.of[k][s] = hn::Add(totals.of[k][s], block.of[k][s]);
      }
    }
    for (Size k = 0; k < K; ++k) {
      for (std::size_t s = 0; s < S; ++s) at.store(totals.of[k][s], out[s] + j + k * lanes);
    }
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#endif
