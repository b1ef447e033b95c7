#include "goodfit/compute/kernels/random/random.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/random/random.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/random/random_reference.hpp"
#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

void dropout(const float* x, float* y, float p, MaskKey key, Size row_begin, Size rows, Size c) {
  reference::dropout(x, y, p, key, row_begin, rows, c);
}

#else

using Words = hn::Repartition<std::uint32_t, Floats>;
using Longs = hn::Repartition<std::uint64_t, Floats>;
using W = hn::Vec<Words>;
using L = hn::Vec<Longs>;

// One counter per 64-bit lane; a word is the lane's low half, and what stands above it is noise
// that the next product does not read.
struct State {
  L c0, c1, c2, c3;
};

HWY_INLINE L product(L a, std::uint32_t factor) {
  const Words words;
  return hn::MulEven(hn::BitCast(words, a), hn::Set(words, factor));
}

template <std::uint32_t round>
HWY_INLINE State next(const State& s, std::uint32_t k0, std::uint32_t k1) {
  const Longs longs;
  const L key0 = hn::Set(longs, k0 + round * 0x9E3779B9u);
  const L key1 = hn::Set(longs, k1 + round * 0xBB67AE85u);
  const L a = product(s.c0, 0xD2511F53), b = product(s.c2, 0xCD9E8D57);
  return {hn::Xor(hn::Xor(hn::ShiftRight<32>(b), s.c1), key0), b,
          hn::Xor(hn::Xor(hn::ShiftRight<32>(a), s.c3), key1), a};
}

template <std::uint32_t... round>
HWY_INLINE State all_rounds(State s, std::uint32_t k0, std::uint32_t k1,
                            std::integer_sequence<std::uint32_t, round...>) {
  ((s = next<round>(s, k0, k1)), ...);
  return s;
}

// Words 2k and 2k + 1 of a counter side by side, as they lie along a row.
HWY_INLINE L paired(L even, L odd) {
  const Words words;
  return hn::BitCast(
      Longs(), hn::OddEven(hn::BitCast(words, hn::ShiftLeft<32>(odd)), hn::BitCast(words, even)));
}

// Counters stand in the order 0, n/2, 1, n/2 + 1, …: the interleaving of 64-bit lanes within blocks
// of 128 bits then yields the words of a row in their order, half of the counters in each vector.
void dropout(const float* x, float* y, float p, MaskKey key, Size row_begin, Size rows, Size c) {
  const Words words;
  const Longs longs;
  constexpr Size counters = lanes / 2;
  HWY_ALIGN std::uint64_t order[counters];
  for (Size k = 0; k < counters; ++k)
    order[k] = static_cast<std::uint64_t>(k / 2 + k % 2 * (counters / 2));
  const L first = hn::Load(longs, order);
  const W threshold = hn::Set(words, drop_threshold(p));
  const V factor = set(p < 1 ? static_cast<float>(1 / (1 - double(p))) : 0.0f);
  const auto k0 = static_cast<std::uint32_t>(key.seed);
  const auto k1 = static_cast<std::uint32_t>(key.seed >> 32);

  const auto masked = [&](const auto& at, L chosen, Size i) HWY_ATTR {
    const W word = hn::BitCast(words, chosen);
    const auto kept = hn::RebindMask(floats, hn::Eq(hn::Max(word, threshold), word));
    at.store(hn::IfThenElseZero(kept, hn::Mul(at.load(x + i), factor)), y + i);
  };
  const auto part = [&](Size left, L chosen, Size i) HWY_ATTR {
    if (left >= lanes) {
      masked(Whole{}, chosen, i);
    } else if (left > 0) {
      masked(Some(left), chosen, i);
    }
  };
  for (Size r = 0; r < rows; ++r) {
    const L row = hn::Set(longs, static_cast<std::uint32_t>(row_begin + r));
    const L step = hn::Set(longs, key.step), stream = hn::Set(longs, key.stream);
    for (Size j = 0; j < c; j += 2 * lanes) {
      const L block = hn::Add(first, hn::Set(longs, static_cast<std::uint64_t>(j / 4)));
      const State s = all_rounds({block, row, step, stream}, k0, k1,
                                 std::make_integer_sequence<std::uint32_t, 10>());
      const L low = paired(s.c0, s.c1), high = paired(s.c2, s.c3);
      const L front = hn::InterleaveLower(longs, low, high);
      const L back = hn::InterleaveUpper(longs, low, high);
      const Size i = r * c + j;
      if (j + 2 * lanes <= c) {
        masked(Whole{}, front, i);
        masked(Whole{}, back, i + lanes);
      } else {
        part(c - j, front, i);
        part(c - j - lanes, back, i + lanes);
      }
    }
  }
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(dropout);

void dropout(const float* x, float* y, float p, MaskKey key, Size row_begin, Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(dropout)(x, y, p, key, row_begin, rows, c);
}

}  // namespace goodfit::kernels
#endif
