// Targets: which instruction sets the kernels are compiled for, and how a test picks one.
//
// Every kernel's .cpp includes this before any hwy header. On x86: the baseline, AVX2 and AVX-512
// (AVX3 in Highway's words); the steps between would add code and no speed on machines in use.
// SVE is left out because its vectors have no size at compile time, and a tile keeps its
// accumulators as members of a struct; such machines run the NEON target.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#ifndef HWY_DISABLED_TARGETS
#if defined(__x86_64__) || defined(__i386__) || defined(_M_X64)
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
#elif defined(__aarch64__)
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#endif
#endif

namespace goodfit::kernels {

// Names of the compiled targets that this machine can run, best first.
std::vector<std::string> targets();

// Makes every kernel use one of `targets()`, or the best one again when the name is empty. For
// tests alone: panels packed for one target are nonsense to another.
void use_target(std::string_view name);

}  // namespace goodfit::kernels
