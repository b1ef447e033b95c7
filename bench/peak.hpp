// Peak: chains of fused multiply-adds in registers and nothing else, the yardstick of arithmetic.
//
// In assembly, so that no compiler can spoil it; where there is none, a loop that compilers
// vectorize, whose figure may be below the peak.
#pragma once
#include <cmath>
#include <vector>

namespace goodfit::bench {

struct Spin {
  const char* name;
  double flops;  // of one call
  void (*work)();
};

constexpr int spin_rounds = 1000;
constexpr int spin_chains = 12;  // more than latency · throughput of any core yet

#ifdef __x86_64__
#define GOODFIT_BENCH_CHAIN(width, i) "vfmadd231ps %%" width "12, %%" width "12, %%" width #i "\n"
#define GOODFIT_BENCH_CHAINS(w) \
  GOODFIT_BENCH_CHAIN(w, 0)     \
  GOODFIT_BENCH_CHAIN(w, 1)     \
  GOODFIT_BENCH_CHAIN(w, 2)     \
  GOODFIT_BENCH_CHAIN(w, 3)     \
  GOODFIT_BENCH_CHAIN(w, 4)     \
  GOODFIT_BENCH_CHAIN(w, 5)     \
  GOODFIT_BENCH_CHAIN(w, 6)     \
  GOODFIT_BENCH_CHAIN(w, 7)     \
  GOODFIT_BENCH_CHAIN(w, 8)     \
  GOODFIT_BENCH_CHAIN(w, 9) GOODFIT_BENCH_CHAIN(w, 10) GOODFIT_BENCH_CHAIN(w, 11)
#define GOODFIT_BENCH_CLOBBERED                                                            \
  "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", \
      "xmm11", "xmm12"
#define GOODFIT_BENCH_SPIN(name, instructions, width)                       \
  __attribute__((target(instructions))) inline void name() {                \
    asm volatile("vzeroall" ::: GOODFIT_BENCH_CLOBBERED);                   \
    for (int i = 0; i < spin_rounds; ++i)                                   \
      asm volatile(GOODFIT_BENCH_CHAINS(width)::: GOODFIT_BENCH_CLOBBERED); \
  }
GOODFIT_BENCH_SPIN(spin_avx512, "avx512f", "zmm")
GOODFIT_BENCH_SPIN(spin_avx2, "avx2,fma", "ymm")
#endif

inline void spin_portable() {
  static thread_local float sums[16 * spin_chains];
  for (int i = 0; i < spin_rounds; ++i)
    for (float& sum : sums) sum = std::fma(sum, 0.5f, 1.0f);
}

// Those that this machine can run; the fastest is its peak.
inline std::vector<Spin> spins() {
  constexpr double chains = 2.0 * spin_rounds * spin_chains;
  std::vector<Spin> list;
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f")) list.push_back({"avx512", 16 * chains, spin_avx512});
  if (__builtin_cpu_supports("fma")) list.push_back({"avx2", 8 * chains, spin_avx2});
#endif
  if (list.empty()) list.push_back({"portable", 16 * chains, spin_portable});
  return list;
}

}  // namespace goodfit::bench
