// Random: numbers from a counter, the same for any number of threads, ranks or resumes.
//
//   philox(counter, key)     ten rounds of Philox4x32: 128 bits of counter → 128 random bits
//   round:  (c0 c1 c2 c3) ← (hi(M1 c2) ^ c1 ^ k0,  lo(M1 c2),  hi(M0 c0) ^ c3 ^ k1,  lo(M0 c0))
//           (k0 k1)       ← (k0 + W0, k1 + W1)
//
// There is no state to store or to share: whoever knows (seed, stream, step, index) has the number.
// Source: Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "goodfit/base/size.hpp"

namespace goodfit {

constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                              std::array<std::uint32_t, 2> key) {
  auto [c0, c1, c2, c3] = counter;
  auto [k0, k1] = key;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * c0;
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * c2;
    c0 = std::uint32_t(b >> 32) ^ c1 ^ k0;
    c1 = std::uint32_t(b);
    c2 = std::uint32_t(a >> 32) ^ c3 ^ k1;
    c3 = std::uint32_t(a);
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  return {c0, c1, c2, c3};
}

// The number of a stream from its name ("dropout/3"): FNV-1a, 32 bits.
constexpr std::uint32_t stream_of(std::string_view name) {
  std::uint32_t hash = 0x811C9DC5;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  return hash;
}

// One number after the other: key = seed, counter = (index low, index high, step, stream).
class Random {
 public:
  Random(std::uint64_t seed, std::uint32_t stream, std::uint32_t step = 0)
      : key_{std::uint32_t(seed), std::uint32_t(seed >> 32)}, stream_(stream), step_(step) {}

  std::uint32_t word();
  double uniform();    // [0, 1), all 53 bits
  double normal();     // mean 0, variance 1
  Size below(Size n);  // 0 … n − 1, each equally likely; n ≥ 1

 private:
  std::uint64_t long_word();

  std::array<std::uint32_t, 2> key_;
  std::uint32_t stream_, step_;
  std::uint64_t block_ = 0;
  std::array<std::uint32_t, 4> words_{};
  int used_ = 4;
  double spare_ = 0;  // normals come in pairs
  bool has_spare_ = false;
};

// 0 … n − 1 in random order (Fisher & Yates).
std::vector<Size> permutation(Size n, Random& random);

}  // namespace goodfit
