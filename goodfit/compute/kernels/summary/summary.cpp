#include "goodfit/compute/kernels/summary/summary.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/summary/summary.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/base/error.hpp"
#include "goodfit/compute/kernels/summary/summary_reference.hpp"
#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

using Doubles = hn::ScalableTag<double>;
using HalfFloats = hn::Rebind<float, Doubles>;
using D = hn::Vec<Doubles>;
constexpr Doubles doubles;
constexpr Size wide = hn::MaxLanes(doubles);

HWY_INLINE D load_double(const float* from) {
  return hn::PromoteTo(doubles, hn::LoadU(HalfFloats(), from));
}

// Σ term(i) of whole vectors; what is left begins at `done`. Four sums, as each waits for its last.
template <class Term>
HWY_INLINE double sum_whole(Size n, Size& done, const Term& term) {
  D sums[4] = {hn::Zero(doubles), hn::Zero(doubles), hn::Zero(doubles), hn::Zero(doubles)};
  for (; done + 4 * wide <= n; done += 4 * wide)
    HWY_UNROLL(4) for (Size k = 0; k < 4; ++k) sums[k] = term(sums[k], done + k * wide);
  return hn::GetLane(
      hn::SumOfLanes(doubles, hn::Add(hn::Add(sums[0], sums[1]), hn::Add(sums[2], sums[3]))));
}

double sum(const float* x, Size n) {
  Size i = 0;
  const double all =
      sum_whole(n, i, [&](D s, Size at) HWY_ATTR { return hn::Add(s, load_double(x + at)); });
  return all + reference::sum(x + i, n - i);
}

Size zeros(const float* x, Size n) {
  Size i = 0, all = 0;
  for (; i + lanes <= n; i += lanes)
    all += Size(hn::CountTrue(floats, hn::Eq(hn::LoadU(floats, x + i), zero())));
  return all + reference::zeros(x + i, n - i);
}

double squares(const float* x, Size n, double about) {
  const D middle = hn::Set(doubles, about);
  Size i = 0;
  const double all = sum_whole(n, i, [&](D s, Size at) HWY_ATTR {
    const D apart = hn::Sub(load_double(x + at), middle);
    return hn::MulAdd(apart, apart, s);
  });
  return all + reference::squares(x + i, n - i, about);
}

double distance(const float* x, const float* y, Size n) {
  Size i = 0;
  const double all = sum_whole(n, i, [&](D s, Size at) HWY_ATTR {
    const D apart = hn::Sub(load_double(x + at), load_double(y + at));
    return hn::MulAdd(apart, apart, s);
  });
  return all + reference::distance(x + i, y + i, n - i);
}

void count_bins(const float* x, Size n, double middle, double bins_per_unit, Size bins,
                Size* counts) {
  must(bins <= most_bins, "count_bins: more bins than it has room for");
  const D about = hn::Set(doubles, middle), scale = hn::Set(doubles, bins_per_unit);
  const D half = hn::Set(doubles, double(bins) / 2), last = hn::Set(doubles, double(bins - 1));
  const hn::Rebind<std::int32_t, Doubles> whole;
  // A table to each place of a vector: neighbours are often alike, and a count waits for its last.
  Size parts[wide][most_bins] = {};
  Size i = 0;
  for (; i + wide <= n; i += wide) {
    // Product and sum are rounded each, as in the reference: no target counts otherwise.
    const D at = hn::Add(half, hn::Mul(hn::Sub(load_double(x + i), about), scale));
    HWY_ALIGN std::int32_t bin[wide];
    hn::Store(hn::DemoteTo(whole, hn::Min(hn::Max(at, hn::Zero(doubles)), last)), whole, bin);
    HWY_UNROLL(8) for (Size k = 0; k < wide; ++k)++ parts[k][bin[k]];
  }
  for (const auto& part : parts)
    for (Size b = 0; b < bins; ++b) counts[b] += part[b];
  reference::count_bins(x + i, n - i, middle, bins_per_unit, bins, counts);
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(sum);
HWY_EXPORT(zeros);
HWY_EXPORT(squares);
HWY_EXPORT(distance);
HWY_EXPORT(count_bins);

double sum(const float* x, Size n) { return HWY_DYNAMIC_DISPATCH(sum)(x, n); }

Size zeros(const float* x, Size n) { return HWY_DYNAMIC_DISPATCH(zeros)(x, n); }

double squares(const float* x, Size n, double about) {
  return HWY_DYNAMIC_DISPATCH(squares)(x, n, about);
}

double distance(const float* x, const float* y, Size n) {
  return HWY_DYNAMIC_DISPATCH(distance)(x, y, n);
}

void count_bins(const float* x, Size n, double middle, double bins_per_unit, Size bins,
                Size* counts) {
  HWY_DYNAMIC_DISPATCH(count_bins)(x, n, middle, bins_per_unit, bins, counts);
}

}  // namespace goodfit::kernels
#endif
