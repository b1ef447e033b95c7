// Random: masks and noise that are a function of where an element is and never stored.
//
//   dropout  y[r,j] = factor x[r,j] + shift if kept, else dropped        kept ⇔ half ≥ p 2¹⁶
//   noise    y[r,j] = x[r,j] (1 + sigma n) or x[r,j] + sigma n           n ~ N(0, 1)
//   word w of a row = Philox4x32-10(counter, key)[w mod 4]
//   counter = (w / 4, r, step, stream)        key = (low, high 32 bits of seed)
//   half: of 32 elements in turn the first 16 take the lower halves of 16 words, the others the
//   upper ones
//   n is of word j: n of an even j and the one after it: √(-2 ln u) cos 2πv and √(-2 ln u) sin 2πv,
//   where u = (⌊word / 2⁸⌋ + 1) / 2²⁴ is of the even word and v = ⌊word / 2⁸⌋ / 2²⁴ − 1/2 of the
//   odd one
//
// r counts the samples of the whole batch: the caller who owns rows row_begin … says so, and
// neither shards nor threads change a number. Backward is the same function on dy.
//
// Contract: any sizes from 0, below 2³² each, and any alignment; 0 ≤ p < 1; y may be exactly x.
// Masks are exact, for p to the nearest 1/65536; a kept element rounds twice, its numbers once
// before. n is within 1e-5 and never beyond 5.8. Source: Srivastava et al. 2014, JMLR 15; Salmon et
// al. 2011 for Philox; Box & Muller 1958, "A Note on the Generation of Random Normal Deviates".
#pragma once
#include <algorithm>
#include <cstdint>

#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

struct MaskKey {
  std::uint64_t seed;
  std::uint32_t stream;
  std::uint32_t step;
};

struct Masking {
  float p;
  double factor, shift = 0, dropped = 0;
};

constexpr Size halves = 16;  // words that share out 32 elements among their halves

// The least half of a kept element.
inline std::uint32_t drop_threshold(float p) {
  return std::min(static_cast<std::uint32_t>(double(p) * 0x1p16 + 0.5), std::uint32_t{0xffff});
}

// x and y point at row row_begin. A far y is written past the caches.
void dropout(const float* x, float* y, const Masking& mask, MaskKey key, Size row_begin, Size rows,
             Size c, bool far = false);
void noise(const float* x, float* y, double sigma, bool multiply, MaskKey key, Size row_begin,
           Size rows, Size c);

}  // namespace goodfit::kernels
