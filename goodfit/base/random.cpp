#include "goodfit/base/random.hpp"

#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "goodfit/base/error.hpp"

namespace goodfit {

std::uint32_t Random::word() {
  if (used_ == 4) {
    words_ = philox({std::uint32_t(block_), std::uint32_t(block_ >> 32), step_, stream_}, key_);
    ++block_;
    used_ = 0;
  }
  return words_[std::size_t(used_++)];
}

std::uint64_t Random::long_word() {
  const std::uint64_t high = word();
  return high << 32 | word();
}

double Random::uniform() { return double(long_word() >> 11) * 0x1p-53; }

// Box & Muller 1958; written here because the standard's normal differs between libraries.
double Random::normal() {
  if (std::exchange(has_spare_, false)) return spare_;
  const double radius = std::sqrt(-2 * std::log(1 - uniform()));  // 1 − u is never 0
  const double angle = 2 * std::numbers::pi * uniform();
  spare_ = radius * std::sin(angle);
  has_spare_ = true;
  return radius * std::cos(angle);
}

Size Random::below(Size n) {
  must(n >= 1, "a choice needs at least one thing to choose from");
  const std::uint64_t count = std::uint64_t(n);
  const std::uint64_t surplus = (0 - count) % count;  // 2⁶⁴ mod n: draws that would favour some
  std::uint64_t drawn = long_word();
  while (drawn < surplus) drawn = long_word();
  return Size(drawn % count);
}

std::vector<Size> permutation(Size n, Random& random) {
  std::vector<Size> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Size{0});
  for (Size left = n; left > 1; --left)
    std::swap(order[std::size_t(left - 1)], order[std::size_t(random.below(left))]);
  return order;
}

}  // namespace goodfit
