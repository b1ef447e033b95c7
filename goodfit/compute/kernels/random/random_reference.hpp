// Random: the masks and the noise of random.hpp, one element at a time.
#pragma once
#include <cmath>
#include <numbers>

#include "goodfit/base/random.hpp"
#include "goodfit/compute/kernels/random/random.hpp"

namespace goodfit::kernels::reference {

inline std::array<std::uint32_t, 4> words_at(MaskKey key, Size row, Size column) {
  return philox({static_cast<std::uint32_t>(column / 4), static_cast<std::uint32_t>(row), key.step,
                 key.stream},
                {static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32)});
}

inline bool is_kept(float p, MaskKey key, Size row, Size column) {
  const Size word = column / (2 * halves) * halves + column % halves;
  const std::uint32_t both = words_at(key, row, word)[static_cast<std::size_t>(word % 4)];
  return (column / halves % 2 == 0 ? both & 0xffff : both >> 16) >= drop_threshold(p);
}

inline double normal_at(MaskKey key, Size row, Size column) {
  const auto words = words_at(key, row, column);
  const auto even = static_cast<std::size_t>(column % 4 / 2 * 2);
  const double u = (double(words[even] >> 8) + 1) * 0x1p-24;
  const double angle = 2 * std::numbers::pi * (double(words[even + 1] >> 8) * 0x1p-24 - 0.5);
  return std::sqrt(-2 * std::log(u)) * (column % 2 == 0 ? std::cos(angle) : std::sin(angle));
}

template <class T>
void dropout(const T* x, T* y, const Masking& mask, MaskKey key, Size row_begin, Size rows, Size c,
             bool = false) {
  for (Size r = 0; r < rows; ++r)
    for (Size j = 0; j < c; ++j)
      y[r * c + j] = is_kept(mask.p, key, row_begin + r, j)
                         ? x[r * c + j] * T(mask.factor) + T(mask.shift)
                         : T(mask.dropped);
}

template <class T>
void noise(const T* x, T* y, double sigma, bool multiply, MaskKey key, Size row_begin, Size rows,
           Size c) {
  for (Size r = 0; r < rows; ++r)
    for (Size j = 0; j < c; ++j) {
      const T n = T(sigma * normal_at(key, row_begin + r, j));
      y[r * c + j] = multiply ? x[r * c + j] * (T(1) + n) : x[r * c + j] + n;
    }
}

}  // namespace goodfit::kernels::reference
