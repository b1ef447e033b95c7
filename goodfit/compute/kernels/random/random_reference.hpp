// Random: the mask of random.hpp, one element at a time.
#pragma once
#include "goodfit/base/random.hpp"
#include "goodfit/compute/kernels/random/random.hpp"

namespace goodfit::kernels::reference {

inline bool is_kept(float p, MaskKey key, Size row, Size column) {
  const auto words =
      philox({static_cast<std::uint32_t>(column / 4), static_cast<std::uint32_t>(row), key.step,
              key.stream},
             {static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32)});
  return p < 1 && words[static_cast<std::size_t>(column % 4)] >= drop_threshold(p);
}

template <class T>
void dropout(const T* x, T* y, float p, MaskKey key, Size row_begin, Size rows, Size c) {
  for (Size r = 0; r < rows; ++r)
    for (Size j = 0; j < c; ++j)
      y[r * c + j] =
          is_kept(p, key, row_begin + r, j) ? x[r * c + j] * (T(1) / T(1 - double(p))) : T(0);
}

}  // namespace goodfit::kernels::reference
