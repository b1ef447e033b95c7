// Gemm benchmark: GFLOP/s of one thread, beside oneDNN, OpenBLAS and the peak of the core.
//
//   forward          C[M, N] = A[M, K] Wᵀ    ours by panels, packed once per step: measured alone
//   input_gradient   C[M, N] = A[M, K] W     where DenseOp reads a small W as it lies; a large one
//                                            is packed, and forward stands for it
//   weight_gradient  dW[N, K] = dyᵀ x        of M samples, in one call; DenseWeightGradientOp makes
//                                            one for every 24 to 96 of N
//
// The referees take the weight as it lies. bench/sweep compares all shapes; for a few of them, in
// one run and interleaved:
//   gemm_bench --benchmark_filter=M:32/N:512/ --benchmark_enable_random_interleaving
//     --benchmark_repetitions=11
#if __has_include(<cblas.h>)
#include <fmt/core.h>

#include <cblas.h>
#define GOODFIT_BENCH_OPENBLAS
#endif
#if __has_include(<oneapi/dnnl/dnnl.h>)
#include <oneapi/dnnl/dnnl.h>
#define GOODFIT_BENCH_DNNL
#endif

#include "bench/kernels/measure.hpp"
#include "goodfit/compute/ops/dense.hpp"

namespace goodfit::bench {
namespace {

// Sizes of one product, all operands dense; b is the weight.
struct Case {
  Size rows, n, k;
  Floats a, b, c;
  explicit Case(const benchmark::State& state)
      : rows(state.range(0)),
        n(state.range(1)),
        k(state.range(2)),
        a(rows * k),
        b(n * k),
        c(rows * n) {}
  double flops() const { return 2.0 * double(rows) * double(n) * double(k); }
  Size panels() const { return (n + kernels::panel_columns() - 1) / kernels::panel_columns(); }
};

void ours_forward(benchmark::State& state) {
  Case now(state);
  Floats packed(kernels::packed_floats(now.k, now.n));
  kernels::pack_panels(now.b.data(), now.k, now.n, now.k, true, packed.data(), 0, now.panels());
  timed(state, now.flops(), [&] {
    kernels::gemm_packed(now.a.data(), now.k, packed.data(), now.rows, now.k, now.n, now.c.data(),
                         now.n, {});
  });
}

void ours_input_gradient(benchmark::State& state) {
  Case now(state);
  timed(state, now.flops(), [&] {
    kernels::gemm_in_place(now.a.data(), now.k, now.b.data(), now.n, now.rows, now.k, now.n,
                           now.c.data(), now.n);
  });
}

// c stands for dy, a for x and b for dW.
void ours_weight_gradient(benchmark::State& state) {
  Case now(state);
  timed(state, now.flops(), [&] {
    kernels::gemm_transposed_a(now.c.data(), now.n, now.a.data(), now.k, now.rows, 0, now.n, now.k,
                               now.b.data(), now.k, false);
  });
}

void ours_pack(benchmark::State& state) {
  Case now(state);
  Floats packed(kernels::packed_floats(now.k, now.n));
  const bool transposed = state.range(3) != 0;
  for (auto _ : state) {
    kernels::pack_panels(now.b.data(), now.k, now.n, transposed ? now.k : now.n, transposed,
                         packed.data(), 0, now.panels());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * now.n * now.k * 4);
}

#ifdef GOODFIT_BENCH_DNNL
void dnnl(benchmark::State& state, bool transposed) {
  Case now(state);
  timed(state, now.flops(), [&] {
    dnnl_sgemm('N', transposed ? 'T' : 'N', now.rows, now.n, now.k, 1, now.a.data(), now.k,
               now.b.data(), transposed ? now.k : now.n, 0, now.c.data(), now.n);
  });
}
void dnnl_forward(benchmark::State& state) { dnnl(state, true); }
void dnnl_input_gradient(benchmark::State& state) { dnnl(state, false); }

void dnnl_weight_gradient(benchmark::State& state) {
  Case now(state);
  timed(state, now.flops(), [&] {
    dnnl_sgemm('T', 'N', now.n, now.k, now.rows, 1, now.c.data(), now.n, now.a.data(), now.k, 0,
               now.b.data(), now.k);
  });
}
#endif

#ifdef GOODFIT_BENCH_OPENBLAS
void openblas(benchmark::State& state, bool transposed) {
  Case now(state);
  timed(state, now.flops(), [&] {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, transposed ? CblasTrans : CblasNoTrans, int(now.rows),
                int(now.n), int(now.k), 1, now.a.data(), int(now.k), now.b.data(),
                int(transposed ? now.k : now.n), 0, now.c.data(), int(now.n));
  });
}
void openblas_forward(benchmark::State& state) { openblas(state, true); }
void openblas_input_gradient(benchmark::State& state) { openblas(state, false); }

void openblas_weight_gradient(benchmark::State& state) {
  Case now(state);
  timed(state, now.flops(), [&] {
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, int(now.n), int(now.k), int(now.rows), 1,
                now.c.data(), int(now.n), now.a.data(), int(now.k), 0, now.b.data(), int(now.k));
  });
}
#endif

// Every fourth of all shapes, each N and K with each other and with each M, and all squares; none
// that takes more than some 10 ms.
void shapes(benchmark::internal::Benchmark* bench, bool in_place = false) {
  const std::vector<Size> rows{1, 2, 4, 8, 16, 32, 64, 100, 128, 256};
  const std::vector<Size> widths{8, 16, 32, 64, 100, 128, 256, 512, 784, 1024, 2048, 4096};
  constexpr Size most = Size{1} << 29;
  bench->ArgNames({"M", "N", "K"});
  for (std::size_t m = 0; m < rows.size(); ++m)
    for (std::size_t i = 0; i < widths.size(); ++i)
      for (std::size_t j = 0; j < widths.size(); ++j) {
        const Size n = widths[i], k = widths[j];
        const bool chosen = i == j || (m + i + j) % 4 == 0;
        if (!chosen || rows[m] * n * k > most) continue;
        if (in_place && DenseOp(false).prepared({Shape{rows[m], k}, Shape{k, n}}).op) continue;
        bench->Args({rows[m], n, k});
      }
}

void add_all() {
  shapes(benchmark::RegisterBenchmark("forward/ours", ours_forward));
  shapes(benchmark::RegisterBenchmark("input_gradient/ours", ours_input_gradient), true);
  shapes(benchmark::RegisterBenchmark("weight_gradient/ours", ours_weight_gradient));
#ifdef GOODFIT_BENCH_DNNL
  shapes(benchmark::RegisterBenchmark("forward/onednn", dnnl_forward));
  shapes(benchmark::RegisterBenchmark("input_gradient/onednn", dnnl_input_gradient), true);
  shapes(benchmark::RegisterBenchmark("weight_gradient/onednn", dnnl_weight_gradient));
  const dnnl_version_t* version = dnnl_version();
  benchmark::AddCustomContext(
      "onednn", fmt::format("oneDNN {}.{}.{}", version->major, version->minor, version->patch));
#endif
#ifdef GOODFIT_BENCH_OPENBLAS
  shapes(benchmark::RegisterBenchmark("forward/openblas", openblas_forward));
  shapes(benchmark::RegisterBenchmark("input_gradient/openblas", openblas_input_gradient), true);
  shapes(benchmark::RegisterBenchmark("weight_gradient/openblas", openblas_weight_gradient));
  benchmark::AddCustomContext("openblas", openblas_get_config());
#endif
  for (const int transposed : {0, 1}) {
    auto* bench = benchmark::RegisterBenchmark("pack/ours", ours_pack);
    bench->Args({0, 512, 784, transposed})->Args({0, 1024, 1024, transposed});
  }
}

}  // namespace
}  // namespace goodfit::bench

int main(int argc, char** argv) {
  goodfit::bench::start_with_one_thread(argv);
#ifdef GOODFIT_BENCH_OPENBLAS
  openblas_set_num_threads(1);
#endif
  goodfit::bench::add_all();
  return goodfit::bench::run(argc, argv);
}
