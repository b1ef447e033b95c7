// Measure: what the programs beside referees share. Operands, the loop that is timed, one thread,
// and the peak of the core.
#pragma once
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/peak.hpp"
#include "goodfit/base/size.hpp"
#include "goodfit/compute/kernels/targets.hpp"

namespace goodfit::bench {

// On cache lines, as the values of a plan and the memory of oneDNN.
class Floats {
 public:
  Floats() = default;
  explicit Floats(Size count) : memory_(static_cast<std::size_t>(count) + 16) {
    const auto address = reinterpret_cast<std::uintptr_t>(memory_.data());
    first_ = (64 - address % 64) % 64 / sizeof(float);
    for (std::size_t i = 0; i < memory_.size(); ++i) memory_[i] = float(i % 17) / 17 - 0.5f;
  }
  float* data() { return memory_.data() + first_; }

 private:
  std::vector<float> memory_;
  std::size_t first_ = 0;
};

// One call before the clock starts: a referee's first compiles its kernel and takes its memory,
// and google-benchmark would choose the number of iterations by it.
template <class Work>
void timed(benchmark::State& state, double flops, const Work& work) {
  work();
  for (auto _ : state) {
    work();
    benchmark::ClobberMemory();
  }
  state.counters["GFLOP/s"] =
      benchmark::Counter(1e-9 * flops * double(state.iterations()), benchmark::Counter::kIsRate);
}

// OpenMP, under oneDNN, reads its number of threads while it is loaded: set it and start again.
inline void start_with_one_thread(char** argv) {
  const char* threads = std::getenv("OMP_NUM_THREADS");
  if (threads && std::string(threads) == "1") return;
  setenv("OMP_NUM_THREADS", "1", 1);
  execv("/proc/self/exe", argv);
}

// Of what has been registered, and of the peak of the core, what the command line chooses.
inline int run(int argc, char** argv) {
  for (const Spin& one : spins())
    benchmark::RegisterBenchmark((std::string("peak/") + one.name).c_str(),
                                 [one](auto& state) { timed(state, one.flops, one.work); });
  if (const char* name = std::getenv("GOODFIT_BENCH_TARGET")) kernels::use_target(name);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace goodfit::bench
