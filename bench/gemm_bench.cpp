// Gemm benchmark: GFLOP/s of one thread, beside oneDNN, OpenBLAS and the peak of the core.
//
// Ours multiplies by panels packed once per step, so packing is measured on its own; the referees
// take the weight as it lies. Compare within one run, interleaved:
//   gemm_bench --benchmark_enable_random_interleaving --benchmark_repetitions=11
#include <benchmark/benchmark.h>

#if __has_include(<cblas.h>)
#include <cblas.h>
#define GOODFIT_BENCH_OPENBLAS
#endif
#if __has_include(<oneapi/dnnl/dnnl.h>)
#include <oneapi/dnnl/dnnl.h>
#define GOODFIT_BENCH_DNNL
#endif
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "bench/peak.hpp"
#include "goodfit/compute/kernels/gemm/gemm.hpp"
#include "goodfit/compute/kernels/targets.hpp"

namespace goodfit::kernels {
namespace {

// Sizes of one product, all operands dense.
struct Case {
  Size rows, n, k;
  std::vector<float> a, b, c;
  explicit Case(const benchmark::State& state)
      : rows(state.range(0)), n(state.range(1)), k(state.range(2)) {
    a = filled(rows * k);
    b = filled(n * k);
    c = filled(rows * n);
  }
  static std::vector<float> filled(Size count) {
    std::vector<float> values(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = float(i % 17) / 17 - 0.5f;
    return values;
  }
  void report(benchmark::State& state) const {
    benchmark::DoNotOptimize(c.data());
    state.counters["GFLOP/s"] =
        benchmark::Counter(2e-9 * double(rows) * double(n) * double(k) * double(state.iterations()),
                           benchmark::Counter::kIsRate);
  }
};

void ours_forward(benchmark::State& state) {
  Case now(state);
  std::vector<float> packed(static_cast<std::size_t>(packed_floats(now.k, now.n)));
  pack_panels(now.b.data(), now.k, now.n, now.k, true, packed.data(), 0,
              (now.n + panel_columns() - 1) / panel_columns());
  for (auto _ : state) {
    gemm_packed(now.a.data(), now.k, packed.data(), now.rows, now.k, now.n, now.c.data(), now.n,
                {});
  }
  now.report(state);
}

// dW[n, k] = dyᵀ[n, rows] x[rows, k]: c stands for dy, a for x and b for dW.
void ours_weight_gradient(benchmark::State& state) {
  Case now(state);
  for (auto _ : state) {
    gemm_transposed_a(now.c.data(), now.n, now.a.data(), now.k, now.rows, 0, now.n, now.k,
                      now.b.data(), now.k, false);
  }
  now.report(state);
}

void ours_pack(benchmark::State& state) {
  Case now(state);
  std::vector<float> packed(static_cast<std::size_t>(packed_floats(now.k, now.n)));
  const bool transposed = state.range(3) != 0;
  for (auto _ : state) {
    pack_panels(now.b.data(), now.k, now.n, transposed ? now.k : now.n, transposed, packed.data(),
                0, (now.n + panel_columns() - 1) / panel_columns());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * now.n * now.k * 4);
}

#ifdef GOODFIT_BENCH_DNNL
void dnnl_forward(benchmark::State& state) {
  Case now(state);
  for (auto _ : state) {
    dnnl_sgemm('N', 'T', now.rows, now.n, now.k, 1, now.a.data(), now.k, now.b.data(), now.k, 0,
               now.c.data(), now.n);
  }
  now.report(state);
}

void dnnl_weight_gradient(benchmark::State& state) {
  Case now(state);
  for (auto _ : state) {
    dnnl_sgemm('T', 'N', now.n, now.k, now.rows, 1, now.c.data(), now.n, now.a.data(), now.k, 0,
               now.b.data(), now.k);
  }
  now.report(state);
}
#endif

#ifdef GOODFIT_BENCH_OPENBLAS
void openblas_forward(benchmark::State& state) {
  Case now(state);
  for (auto _ : state) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, int(now.rows), int(now.n), int(now.k), 1,
                now.a.data(), int(now.k), now.b.data(), int(now.k), 0, now.c.data(), int(now.n));
  }
  now.report(state);
}

void openblas_weight_gradient(benchmark::State& state) {
  Case now(state);
  for (auto _ : state) {
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, int(now.n), int(now.k), int(now.rows), 1,
                now.c.data(), int(now.n), now.a.data(), int(now.k), 0, now.b.data(), int(now.k));
  }
  now.report(state);
}
#endif

// Nothing but multiply-adds: what the core could do at most.
void spin(benchmark::State& state, const bench::Spin& one) {
  for (auto _ : state) one.work();
  state.counters["GFLOP/s"] = benchmark::Counter(1e-9 * one.flops * double(state.iterations()),
                                                 benchmark::Counter::kIsRate);
}

void shapes(benchmark::internal::Benchmark* bench) {
  for (const auto& [n, k] : {std::pair{64, 64}, {100, 100}, {512, 784}, {512, 512}, {1024, 1024}}) {
    for (const int rows : {32, 128}) bench->Args({rows, n, k});
  }
}

// OpenMP, under oneDNN, reads its number of threads while it is loaded: set it and start again.
void start_with_one_thread(char** argv) {
  const char* threads = std::getenv("OMP_NUM_THREADS");
  if (threads && std::string(threads) == "1") return;
  setenv("OMP_NUM_THREADS", "1", 1);
  execv("/proc/self/exe", argv);
}

int run(int argc, char** argv) {
  start_with_one_thread(argv);
#ifdef GOODFIT_BENCH_OPENBLAS
  openblas_set_num_threads(1);
#endif
  for (const bench::Spin& one : bench::spins())
    benchmark::RegisterBenchmark((std::string("peak/") + one.name).c_str(), spin, one);
  shapes(benchmark::RegisterBenchmark("forward/ours", ours_forward));
  shapes(benchmark::RegisterBenchmark("weight_gradient/ours", ours_weight_gradient));
#ifdef GOODFIT_BENCH_DNNL
  shapes(benchmark::RegisterBenchmark("forward/onednn", dnnl_forward));
  shapes(benchmark::RegisterBenchmark("weight_gradient/onednn", dnnl_weight_gradient));
#endif
#ifdef GOODFIT_BENCH_OPENBLAS
  shapes(benchmark::RegisterBenchmark("forward/openblas", openblas_forward));
  shapes(benchmark::RegisterBenchmark("weight_gradient/openblas", openblas_weight_gradient));
#endif
  for (const int transposed : {0, 1}) {
    auto* bench = benchmark::RegisterBenchmark("pack/ours", ours_pack);
    bench->Args({0, 512, 784, transposed})->Args({0, 1024, 1024, transposed});
  }
  if (const char* name = std::getenv("GOODFIT_BENCH_TARGET")) use_target(name);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace goodfit::kernels

int main(int argc, char** argv) { return goodfit::kernels::run(argc, argv); }
