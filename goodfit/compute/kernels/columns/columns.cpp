#include "goodfit/compute/kernels/columns/columns.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/columns/columns.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/reductions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

void add_row(const float* x, const float* b, float* y, Size rows, Size c) {
  each_row(
      rows, c, [&](const auto& at, Size j) HWY_ATTR { return at.load(b + j); },
      [&](const auto& at, V row, Size i)
          HWY_ATTR { at.store(hn::Add(at.load(x + i), row), y + i); });
}

void scale_shift(const float* x, const float* scale, const float* shift, float* y, Size rows,
                 Size c) {
  each_row(
      rows, c,
      [&](const auto& at, Size j) HWY_ATTR {
        return std::array<V, 2>{at.load(scale + j), at.load(shift + j)};
      },
      [&](const auto& at, const std::array<V, 2>& row, Size i)
          HWY_ATTR { at.store(hn::MulAdd(at.load(x + i), row[0], row[1]), y + i); });
}

void column_sums(const float* x, Size rows, Size c, float* out) {
  sum_columns<1>(rows, c, {out}, false, [&](const auto& at, Size r, Size j) HWY_ATTR {
    return std::array<V, 1>{at.load(x + r * c + j)};
  });
}

// All is counted from the first row: the means of blocks are then small differences, and neither
// deviations nor merging lose what a large common mean would cost.
void column_moments(const float* x, Size rows, Size c, float* mean, float* m2) {
  moments_of_columns(rows, c, mean, m2, [&](const auto& at, Size r, Size j) HWY_ATTR {
    return hn::Sub(at.load(x + r * c + j), at.load(x + j));
  });
  if (rows == 0) return;
  each_vector(c, [&](const auto& at, Size j)
                     HWY_ATTR { at.store(hn::Add(at.load(x + j), at.load(mean + j)), mean + j); });
}

template <Size K>
struct Group {
  V of[K];
};

// Σ of slots first … first + count - 1, count ≥ 1.
template <Size K, class At>
Group<K> sum_slots(const At& at, const float* partials, Size stride, Size first, Size count) {
  Group<K> sum;
  const float* slot = partials + first * stride;
  if (count == 1) {
    HWY_UNROLL(4) for (Size k = 0; k < K; ++k) sum.of[k] = at.load(slot + k * lanes);
  } else if (count == 2) {
    HWY_UNROLL(4) for (Size k = 0; k < K; ++k) {
      sum.of[k] = hn::Add(at.load(slot + k * lanes), at.load(slot + stride + k * lanes));
    }
  } else {
    const Size half = count / 2;
    const Group<K> a = sum_slots<K>(at, partials, stride, first, half);
    const Group<K> b = sum_slots<K>(at, partials, stride, first + half, count - half);
    HWY_UNROLL(4) for (Size k = 0; k < K; ++k) sum.of[k] = hn::Add(a.of[k], b.of[k]);
  }
  return sum;
}

void merge_sums(Size shards, Size width, Size stride, const float* partials, float* out) {
  each_chunk(width, [&]<Size K>(const auto& at, Size j) HWY_ATTR {
    Group<K> sum;
    HWY_UNROLL(4) for (Size k = 0; k < K; ++k) sum.of[k] = zero();
    if (shards > 0) sum = sum_slots<K>(at, partials + j, stride, 0, shards);
    HWY_UNROLL(4) for (Size k = 0; k < K; ++k) at.store(sum.of[k], out + j + k * lanes);
  });
}

template <class At>
Moments merge_slots(const At& at, const Size* counts, Size c, const float* moments, Size first,
                    Size count) {
  if (count == 0) return {0, zero(), zero()};
  if (count == 1) {
    const float* slot = moments + first * 2 * c;
    return {counts[first], at.load(slot), at.load(slot + c)};
  }
  const Size half = count / 2;
  return merged(merge_slots(at, counts, c, moments, first, half),
                merge_slots(at, counts, c, moments, first + half, count - half));
}

void merge_moments(Size shards, const Size* counts, Size c, const float* moments, float* mean,
                   float* m2) {
  each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
    const Moments all = merge_slots(at, counts, c, moments + j, 0, shards);
    at.store(all.mean, mean + j);
    at.store(all.m2, m2 + j);
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(add_row);
HWY_EXPORT(scale_shift);
HWY_EXPORT(column_sums);
HWY_EXPORT(column_moments);
HWY_EXPORT(merge_sums);
HWY_EXPORT(merge_moments);

void add_row(const float* x, const float* b, float* y, Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(add_row)(x, b, y, rows, c);
}

void scale_shift(const float* x, const float* scale, const float* shift, float* y, Size rows,
                 Size c) {
  HWY_DYNAMIC_DISPATCH(scale_shift)(x, scale, shift, y, rows, c);
}

void column_sums(const float* x, Size rows, Size c, float* out) {
  HWY_DYNAMIC_DISPATCH(column_sums)(x, rows, c, out);
}

void column_moments(const float* x, Size rows, Size c, float* mean, float* m2) {
  HWY_DYNAMIC_DISPATCH(column_moments)(x, rows, c, mean, m2);
}

void merge_sums(Size shards, Size width, Size stride, const float* partials, float* out) {
  HWY_DYNAMIC_DISPATCH(merge_sums)(shards, width, stride, partials, out);
}

void merge_moments(Size shards, const Size* counts, Size c, const float* moments, float* mean,
                   float* m2) {
  HWY_DYNAMIC_DISPATCH(merge_moments)(shards, counts, c, moments, mean, m2);
}

}  // namespace goodfit::kernels
#endif
