// Random: dropout, whose mask is a function of where an element is and never stored.
//
//   y[r,j] = x[r,j] / (1 - p) if kept, else 0
//   kept   ⇔ word ≥ p 2³²        word = Philox4x32-10(counter, key)[j mod 4]
//   counter = (j / 4, r, step, stream)        key = (low, high 32 bits of seed)
//
// r counts the samples of the whole batch: the caller who owns rows row_begin … says so, and
// neither shards nor threads change a mask. Backward is the same function on dy.
//
// Contract: any sizes from 0, below 2³² each, and any alignment; 0 ≤ p ≤ 1, p = 1 gives zeros; y
// may be exactly x. Masks are exact; a kept element rounds once, its factor once before. Source:
// Srivastava et al. 2014, JMLR 15; Salmon et al. 2011 for Philox.
#pragma once
#include <cstdint>

#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

struct MaskKey {
  std::uint64_t seed;
  std::uint32_t stream;
  std::uint32_t step;
};

// The least word of a kept element.
inline std::uint32_t drop_threshold(float p) {
  return p < 1 ? static_cast<std::uint32_t>(double(p) * 0x1p32) : 0xFFFFFFFF;
}

// x and y point at row row_begin.
void dropout(const float* x, float* y, float p, MaskKey key, Size row_begin, Size rows, Size c);

}  // namespace goodfit::kernels
