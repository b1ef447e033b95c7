// Largest: the first largest of some elements, with what tells it from the others, once per target;
// NaN is largest.
#if defined(GOODFIT_KERNELS_POOLING_LARGEST) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_KERNELS_POOLING_LARGEST
#undef GOODFIT_KERNELS_POOLING_LARGEST
#else
#define GOODFIT_KERNELS_POOLING_LARGEST
#endif

#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

struct Largest {
  V value, mark;

  HWY_INLINE Largest(V first, V its_mark) : value(first), mark(its_mark) {}
  HWY_INLINE void see(V here, V its_mark) {
    // Ne holds for no NaN on AVX2.
    const auto larger = hn::Or(hn::Gt(here, value), hn::Not(hn::Eq(here, here)));
    value = hn::IfThenElse(larger, here, value);
    mark = hn::IfThenElse(larger, its_mark, mark);
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#endif
