// Convolution benchmark: GFLOP/s of one thread, beside oneDNN and the peak of the core.
//
// Forward, for the input and for the weights, 16 images, 3×3, stride 1, padded by one; flops of
// taps outside the image are counted, as both sides' figures always are. Ours packs weights once
// per step, which is measured on its own; oneDNN gets channels last or the layout that it likes
// best, with weights in its own layout. Compare within one run, interleaved:
//   convolution_bench --benchmark_enable_random_interleaving --benchmark_repetitions=11
#include <benchmark/benchmark.h>

#if __has_include(<oneapi/dnnl/dnnl.hpp>)
#include <oneapi/dnnl/dnnl.hpp>
#define GOODFIT_BENCH_DNNL
#endif
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/peak.hpp"
#include "goodfit/compute/kernels/convolution/convolution.hpp"
#include "goodfit/compute/kernels/targets.hpp"

namespace goodfit::kernels {
namespace {

constexpr Size samples = 16;

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

// Arguments: channels, height and width, units, groups.
struct Case {
  Convolution g;
  Floats x, weight, y;
  explicit Case(const benchmark::State& state) {
    const ConvolutionAxis axis{.in = state.range(1), .out = state.range(1), .kernel = 3, .pad = 1};
    g = {axis, axis, state.range(0), state.range(2), state.range(3)};
    x = Floats(samples * g.input_floats());
    weight = Floats(g.weight_floats());
    y = Floats(samples * g.output_floats());
  }
  void report(benchmark::State& state) const {
    const double flops = 2.0 * double(samples * g.height.out * g.width.out * g.weight_floats());
    state.counters["GFLOP/s"] =
        benchmark::Counter(1e-9 * flops * double(state.iterations()), benchmark::Counter::kIsRate);
  }
};

Floats packed(const Convolution& g, Floats& weight) {
  Floats panels(convolution_packed_floats(g));
  pack_convolution(g, weight.data(), panels.data(), 0, convolution_panels(g));
  return panels;
}

void ours_forward(benchmark::State& state) {
  Case now(state);
  Floats panels = packed(now.g, now.weight);
  for (auto _ : state)
    convolution_packed(now.g, now.x.data(), panels.data(), samples, now.y.data(), {});
  now.report(state);
}

void ours_input_gradient(benchmark::State& state) {
  Case now(state);
  Floats panels = packed(now.g.turned(), now.weight);
  for (auto _ : state)
    convolution_packed(now.g.turned(), now.y.data(), panels.data(), samples, now.x.data(), {});
  now.report(state);
}

void ours_weight_gradient(benchmark::State& state) {
  Case now(state);
  for (auto _ : state)
    convolution_weight_gradient(now.g, now.x.data(), now.y.data(), samples, now.weight.data());
  now.report(state);
}

void ours_pack(benchmark::State& state) {
  Case now(state);
  Floats panels = packed(now.g, now.weight);
  for (auto _ : state) {
    pack_convolution(now.g, now.weight.data(), panels.data(), 0, convolution_panels(now.g));
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * now.g.weight_floats() * 4);
}

#ifdef GOODFIT_BENCH_DNNL
using dnnl::memory;
enum class Kind { forward, input_gradient, weight_gradient };

// Numbers stay what they are: only the time counts here, so nothing is reordered.
void onednn(benchmark::State& state, Kind kind, memory::format_tag images) {
  Case now(state);
  const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  dnnl::stream stream(engine);
  const Convolution& g = now.g;
  const auto floats = memory::data_type::f32;
  const memory::desc x({samples, g.channels, g.height.in, g.width.in}, floats, images);
  const memory::desc y({samples, g.units, g.height.out, g.width.out}, floats, images);
  const bool grouped = g.groups > 1;
  const memory::dims extents =
      grouped ? memory::dims{g.groups, g.group_units(), g.group_channels(), 3, 3}
              : memory::dims{g.units, g.channels, 3, 3};
  const memory::desc w(extents, floats, memory::format_tag::any);
  const memory::dims one{1, 1};
  const auto way = dnnl::algorithm::convolution_direct;
  const dnnl::convolution_forward::primitive_desc forward(
      {dnnl::prop_kind::forward_training, way, x, w, y, one, one, one}, engine);
  const auto run = [&](const auto& hint, const dnnl::primitive& primitive, auto arguments) {
    (void)hint;
    for (auto _ : state) {
      primitive.execute(stream, arguments);
      stream.wait();
    }
  };
  const auto made = [&](const memory::desc& layout) {
    memory of(layout, engine);
    std::fill_n(static_cast<float*>(of.get_data_handle()), layout.get_size() / 4, 0.25f);
    return of;
  };
  if (kind == Kind::forward) {
    run(forward, dnnl::convolution_forward(forward),
        std::unordered_map<int, memory>{{DNNL_ARG_SRC, made(forward.src_desc())},
                                        {DNNL_ARG_WEIGHTS, made(forward.weights_desc())},
                                        {DNNL_ARG_DST, made(forward.dst_desc())}});
  } else if (kind == Kind::input_gradient) {
    const dnnl::convolution_backward_data::primitive_desc back({way, x, w, y, one, one, one},
                                                               engine, forward);
    run(back, dnnl::convolution_backward_data(back),
        std::unordered_map<int, memory>{{DNNL_ARG_DIFF_SRC, made(back.diff_src_desc())},
                                        {DNNL_ARG_WEIGHTS, made(back.weights_desc())},
                                        {DNNL_ARG_DIFF_DST, made(back.diff_dst_desc())}});
  } else {
    const dnnl::convolution_backward_weights::primitive_desc back({way, x, w, y, one, one, one},
                                                                  engine, forward);
    run(back, dnnl::convolution_backward_weights(back),
        std::unordered_map<int, memory>{{DNNL_ARG_SRC, made(back.src_desc())},
                                        {DNNL_ARG_DIFF_WEIGHTS, made(back.diff_weights_desc())},
                                        {DNNL_ARG_DIFF_DST, made(back.diff_dst_desc())}});
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
  for (const auto& [c, h, k] : {std::tuple{16, 32, 16},
                                {32, 16, 32},
                                {64, 8, 64},
                                {32, 28, 32},
                                {64, 32, 64},
                                {128, 16, 128},
                                {1, 28, 32},
                                {3, 32, 16}})
    bench->Args({c, h, k, 1});
  bench->Args({64, 32, 64, 64});  // depthwise
  bench->Args({64, 32, 64, 4});
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
  for (const bench::Spin& one : bench::spins())
    benchmark::RegisterBenchmark((std::string("peak/") + one.name).c_str(), spin, one);
  shapes(benchmark::RegisterBenchmark("forward/ours", ours_forward));
  shapes(benchmark::RegisterBenchmark("input_gradient/ours", ours_input_gradient));
  shapes(benchmark::RegisterBenchmark("weight_gradient/ours", ours_weight_gradient));
  shapes(benchmark::RegisterBenchmark("pack/ours", ours_pack));
#ifdef GOODFIT_BENCH_DNNL
  for (const auto& [name, kind] : {std::pair{"forward", Kind::forward},
                                   {"input_gradient", Kind::input_gradient},
                                   {"weight_gradient", Kind::weight_gradient}}) {
    const std::string start = name;
    shapes(benchmark::RegisterBenchmark((start + "/onednn_channels_last").c_str(), onednn, kind,
                                        memory::format_tag::nhwc));
    shapes(benchmark::RegisterBenchmark((start + "/onednn_own_layout").c_str(), onednn, kind,
                                        memory::format_tag::any));
  }
#endif
  if (const char* name = std::getenv("GOODFIT_BENCH_TARGET")) use_target(name);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace goodfit::kernels

int main(int argc, char** argv) { return goodfit::kernels::run(argc, argv); }
