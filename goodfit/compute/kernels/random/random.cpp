#include "goodfit/compute/kernels/random/random.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/random/random.cpp"
#include <hwy/foreach_target.h>

#include <hwy/contrib/math/math-inl.h>

#include "goodfit/compute/kernels/random/random_reference.hpp"
#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

void dropout(const float* x, float* y, const Masking& mask, MaskKey key, Size row_begin, Size rows,
             Size c, bool far) {
  reference::dropout(x, y, mask, key, row_begin, rows, c, far);
}

void noise(const float* x, float* y, double sigma, bool multiply, MaskKey key, Size row_begin,
           Size rows, Size c) {
  reference::noise(x, y, sigma, multiply, key, row_begin, rows, c);
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

constexpr std::size_t rounds = 10;

// Of all rounds, for both halves of a state.
struct Keys {
  L of[rounds][2];
  explicit Keys(std::uint64_t seed) {
    const Longs longs;
    for (std::uint32_t i = 0; i < rounds; ++i) {
      of[i][0] = hn::Set(longs, static_cast<std::uint32_t>(seed) + i * 0x9E3779B9u);
      of[i][1] = hn::Set(longs, static_cast<std::uint32_t>(seed >> 32) + i * 0xBB67AE85u);
    }
  }
};

HWY_INLINE State next(const State& s, const L (&key)[2]) {
  const L a = product(s.c0, 0xD2511F53), b = product(s.c2, 0xCD9E8D57);
  return {hn::Xor3(hn::ShiftRight<32>(b), s.c1, key[0]), b,
          hn::Xor3(hn::ShiftRight<32>(a), s.c3, key[1]), a};
}

// Of several counters in turn: a product has to wait for the one before it, but not for others.
template <std::size_t K>
HWY_INLINE void all_rounds(State (&s)[K], const Keys& keys) {
  HWY_UNROLL(10) for (const auto& key : keys.of) {
    HWY_UNROLL(2) for (std::size_t k = 0; k < K; ++k) s[k] = next(s[k], key);
  }
}

// use(part) where a row has room for `left` floats more.
template <class Use>
HWY_INLINE void for_room(Size left, const Use& use) {
  if (left >= lanes) {
    use(Whole{});
  } else if (left > 0) {
    use(Some(left));
  }
}

// Words 2k and 2k + 1 of a counter side by side, as they lie along a row.
HWY_INLINE L paired(L even, L odd) {
  const Words words;
  return hn::BitCast(
      Longs(), hn::OddEven(hn::BitCast(words, hn::ShiftLeft<32>(odd)), hn::BitCast(words, even)));
}

// make(state) turns a counter's words into two vectors, use(part, vector, r, j) takes those that
// the c words of row r have room for.
//
// Counters stand in the order 0, n/2, 1, n/2 + 1, …: the interleaving of 64-bit lanes within blocks
// of 128 bits then yields the words of a row in their order, half of the counters in each vector.
template <class Make, class Use>
HWY_INLINE void each_word(MaskKey key, Size row_begin, Size rows, Size c, const Make& make,
                          const Use& use) {
  const Longs longs;
  constexpr Size counters = lanes / 2;
  HWY_ALIGN std::uint64_t order[counters];
  for (Size k = 0; k < counters; ++k)
    order[k] = static_cast<std::uint64_t>(k / 2 + k % 2 * (counters / 2));
  const L first = hn::Load(longs, order);
  const Keys keys(key.seed);
  const auto some = [&](const auto& chosen, Size r, Size j) HWY_ATTR {
    for_room(c - j, [&](const auto& at) HWY_ATTR { use(at, chosen, r, j); });
  };
  for (Size r = 0; r < rows; ++r) {
    const L row = hn::Set(longs, static_cast<std::uint32_t>(row_begin + r));
    const L step = hn::Set(longs, key.step), stream = hn::Set(longs, key.stream);
    const auto words = [&]<std::size_t K>(State(&s)[K], Size j) HWY_ATTR {
      HWY_UNROLL(2) for (std::size_t k = 0; k < K; ++k) {
        const auto number = static_cast<std::uint64_t>(j / 4 + Size(k) * counters);
        s[k] = {hn::Add(first, hn::Set(longs, number)), row, step, stream};
      }
      all_rounds(s, keys);
    };
    Size j = 0;
    for (; j + 4 * lanes <= c; j += 4 * lanes) {
      State s[2];
      words(s, j);
      HWY_UNROLL(2) for (Size k = 0; k < 2; ++k) {
        const auto both = make(s[k]);
        use(Whole{}, both[0], r, j + 2 * k * lanes);
        use(Whole{}, both[1], r, j + (2 * k + 1) * lanes);
      }
    }
    for (; j < c; j += 2 * lanes) {
      State s[1];
      words(s, j);
      const auto both = make(s[0]);
      some(both[0], r, j);
      some(both[1], r, j + lanes);
    }
  }
}

// What a vector of words decides on: the elements of their lower halves and those of the upper.
struct Choice {
  const float* x;
  float* y;
  Size c;
  bool far;
  W threshold;
  V factor, shift, dropped;

  template <class Part>
  HWY_INLINE void operator()(const Part&, L both, Size r, Size w) const {
    const W word = hn::BitCast(Words(), both);
    const Size j = w / halves * 2 * halves + w % halves;
    choose(hn::ShiftLeft<16>(word), r, j);
    choose(word, r, j + halves);
  }

 private:
  HWY_INLINE void choose(W word, Size r, Size j) const {
    const auto kept = hn::RebindMask(floats, hn::Eq(hn::Max(word, threshold), word));
    for_room(c - j, [&](const auto& at) HWY_ATTR {
      const Size i = r * c + j;
      at.store(hn::IfThenElse(kept, hn::MulAdd(at.load(x + i), factor, shift), dropped), y + i,
               far);
    });
  }
};

void dropout(const float* x, float* y, const Masking& mask, MaskKey key, Size row_begin, Size rows,
             Size c, bool far) {
  const Longs longs;
  each_word(
      key, row_begin, rows, (c + 2 * halves - 1) / (2 * halves) * halves,
      [&](const State& s) HWY_ATTR {
        const L low = paired(s.c0, s.c1), high = paired(s.c2, s.c3);
        return std::array<L, 2>{hn::InterleaveLower(longs, low, high),
                                hn::InterleaveUpper(longs, low, high)};
      },
      Choice{x, y, c, far, hn::Set(Words(), drop_threshold(mask.p) << 16), set(float(mask.factor)),
             set(float(mask.shift)), set(float(mask.dropped))});
}

// The upper 24 bits of words as floats.
HWY_INLINE V upper(L both) {
  const Words words;
  const hn::Repartition<std::int32_t, Floats> whole;
  return hn::ConvertTo(floats, hn::BitCast(whole, hn::ShiftRight<8>(hn::BitCast(words, both))));
}

void noise(const float* x, float* y, double sigma, bool multiply, MaskKey key, Size row_begin,
           Size rows, Size c) {
  const V scale = set(float(sigma)), unit = set(0x1p-24f);
  each_word(
      key, row_begin, rows, c,
      [&](const State& s) HWY_ATTR {
        // Even words of all counters in one vector, odd ones in the other: pairs stand lane by
        // lane.
        const V u = hn::Mul(hn::Add(upper(paired(s.c0, s.c2)), set(1.0f)), unit);
        const V v = hn::MulSub(upper(paired(s.c1, s.c3)), unit, set(0.5f));
        const V angle = hn::Mul(v, set(6.28318530717958648f));
        const V radius = hn::Sqrt(hn::Mul(set(-2.0f), hn::Log(floats, u)));
        const V even = hn::Mul(radius, hn::Cos(floats, angle));
        const V odd = hn::Mul(radius, hn::Sin(floats, angle));
        return std::array<V, 2>{hn::InterleaveLower(floats, even, odd),
                                hn::InterleaveUpper(floats, even, odd)};
      },
      [&](const auto& at, V n, Size r, Size j) HWY_ATTR {
        const Size i = r * c + j;
        const V value = at.load(x + i);
        at.store(hn::MulAdd(multiply ? hn::Mul(value, scale) : scale, n, value), y + i);
      });
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(dropout);
HWY_EXPORT(noise);

void dropout(const float* x, float* y, const Masking& mask, MaskKey key, Size row_begin, Size rows,
             Size c, bool far) {
  HWY_DYNAMIC_DISPATCH(dropout)(x, y, mask, key, row_begin, rows, c, far);
}

void noise(const float* x, float* y, double sigma, bool multiply, MaskKey key, Size row_begin,
           Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(noise)(x, y, sigma, multiply, key, row_begin, rows, c);
}

}  // namespace goodfit::kernels
#endif
