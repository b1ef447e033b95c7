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

// out[s][j] = Σ over rows of term s in column j; with `more`, added to what is there. A block of
// rows goes through all columns before the next: memory is read as it lies.
template <std::size_t S, class Term>
HWY_INLINE void sum_columns(Size rows, Size c, const std::array<float*, S>& out, bool more,
                            const Term& term) {
  if (rows == 0 && !more) {
    for (float* sums : out) std::fill_n(sums, c, 0.0f);
  }
  for (Size begin = 0; begin < rows; begin += block_rows) {
    const Size end = std::min(rows, begin + block_rows);
    each_chunk(c, [&]<Size K>(const auto& at, Size j) HWY_ATTR {
      const ColumnSums<S, K> block = sum_block<S, K>(at, begin, end, j, term);
      for (Size k = 0; k < K; ++k) {
        for (std::size_t s = 0; s < S; ++s) {
          float* const to = out[s] + j + k * lanes;
          const V before = more || begin > 0 ? at.load(to) : zero();
          at.store(hn::Add(before, block.of[k][s]), to);
        }
      }
    });
  }
}

struct Moments {
  Size count;
  V mean, m2;
};

HWY_INLINE Moments merged(const Moments& a, const Moments& b) {
  if (b.count == 0) return a;
  if (a.count == 0) return b;
  const Size count = a.count + b.count;
  const double share = static_cast<double>(b.count) / static_cast<double>(count);
  const V apart = hn::Sub(b.mean, a.mean);
  const V between =
      hn::Mul(hn::Mul(apart, apart), set(static_cast<float>(share * static_cast<double>(a.count))));
  return {count, hn::MulAdd(apart, set(static_cast<float>(share)), a.mean),
          hn::Add(hn::Add(a.m2, b.m2), between)};
}

// Mean and Σ (x − mean)² of each column, by blocks of rows that are still at hand for their
// deviations. element(part, row, column) should be counted from something near, as a large mean
// costs digits.
template <class Element>
HWY_INLINE void moments_of_columns(Size rows, Size c, float* mean, float* m2,
                                   const Element& element) {
  if (rows == 0) {
    for (float* moments : {mean, m2}) std::fill_n(moments, c, 0.0f);
  }
  for (Size begin = 0; begin < rows; begin += block_rows) {
    const Size end = std::min(rows, begin + block_rows);
    const V share = set(1.0f / static_cast<float>(end - begin));
    each_chunk(c, [&]<Size K>(const auto& at, Size column) HWY_ATTR {
      const auto sums =
          sum_block<1, K>(at, begin, end, column, [&](const auto& part, Size r, Size j) HWY_ATTR {
            return std::array<V, 1>{element(part, r, j)};
          });
      V middle[K];
      HWY_UNROLL(4) for (Size k = 0; k < K; ++k) middle[k] = hn::Mul(sums.of[k][0], share);
      const auto squares =
          sum_block<1, K>(at, begin, end, column, [&](const auto& part, Size r, Size j) HWY_ATTR {
            const V d = hn::Sub(element(part, r, j), middle[(j - column) / lanes]);
            return std::array<V, 1>{hn::Mul(d, d)};
          });
      HWY_UNROLL(4) for (Size k = 0; k < K; ++k) {
        const Size j = column + k * lanes;
        Moments all = {end - begin, middle[k], squares.of[k][0]};
        if (begin > 0) all = merged({begin, at.load(mean + j), at.load(m2 + j)}, all);
        at.store(all.mean, mean + j);
        at.store(all.m2, m2 + j);
      }
    });
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#endif
