// Convolution benchmark: GFLOP/s of one thread, beside oneDNN and the peak of the core.
//
// Forward, for the input and for the weights in their layout, 16 images or fewer, padded so that an
// image keeps its size but for the stride. Flops of taps outside the image are counted, as both
// sides' figures always are. Ours packs weights once per step, which is measured on its own.
// bench/sweep compares all shapes; for a few of them, in one run and interleaved:
//   convolution_bench --benchmark_filter=kernel:3/stride:1 --benchmark_enable_random_interleaving
//     --benchmark_repetitions=11
#if __has_include(<oneapi/dnnl/dnnl.hpp>)
#include "bench/kernels/convolution_onednn.hpp"
#define GOODFIT_BENCH_DNNL
#else
#include "bench/kernels/convolution_case.hpp"
#endif

namespace goodfit::bench {
namespace {

Floats packed(const kernels::Convolution& g, Floats& weight) {
  Floats panels(kernels::convolution_packed_floats(g));
  kernels::pack_convolution(g, weight.data(), panels.data(), 0, kernels::convolution_panels(g));
  return panels;
}

void ours_forward(benchmark::State& state) {
  ConvolutionCase now(state);
  Floats panels = packed(now.g, now.weight);
  timed(state, now.flops(), [&] {
    kernels::convolution_packed(now.g, now.x.data(), panels.data(), now.samples, now.y.data(), {});
  });
}

// As Conv2dOp does at any stride.
void ours_input_gradient(benchmark::State& state) {
  ConvolutionCase now(state);
  const kernels::Convolution back = now.g.turned();
  Floats panels = packed(back, now.weight);
  timed(state, now.flops(), [&] {
    kernels::convolution_packed(back, now.y.data(), panels.data(), now.samples, now.x.data(), {});
  });
}

// As Conv2dOp does with a shard of these samples.
void ours_weight_gradient(benchmark::State& state) {
  ConvolutionCase now(state);
  if (kernels::convolution_parts_pay(now.g, now.samples))
    return timed(state, now.flops(), [&] {
      kernels::convolution_part_gradients(now.g, now.x.data(), now.y.data(), now.samples, 0,
                                          kernels::convolution_parts(now.g), now.weight.data());
    });
  Floats slot(now.g.weight_floats());
  timed(state, now.flops(), [&] {
    kernels::convolution_weight_gradient(now.g, now.x.data(), now.y.data(), now.samples,
                                         slot.data());
    kernels::merge_convolution_gradients(now.g, 1, slot.data(), now.weight.data(), 0,
                                         now.g.group_channels());
  });
}

void ours_pack(benchmark::State& state) {
  ConvolutionCase now(state);
  Floats panels = packed(now.g, now.weight);
  for (auto _ : state) {
    kernels::pack_convolution(now.g, now.weight.data(), panels.data(), 0,
                              kernels::convolution_panels(now.g));
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * now.g.weight_floats() * 4);
}

// Those of the first layer of a net have no gradient of their input.
void shapes(benchmark::internal::Benchmark* bench, Direction direction) {
  bench->ArgNames({"channels", "side", "units", "kernel", "stride", "groups"});
  for (const auto& [channels, side, units] : {std::tuple{1, 28, 32},
                                              {3, 32, 16},
                                              {3, 32, 64},
                                              {16, 32, 16},
                                              {16, 32, 32},
                                              {32, 16, 32},
                                              {32, 28, 32},
                                              {32, 16, 64},
                                              {64, 8, 64},
                                              {64, 32, 64},
                                              {64, 56, 64},
                                              {64, 16, 128},
                                              {128, 16, 128},
                                              {128, 8, 256},
                                              {256, 8, 256},
                                              {256, 14, 256},
                                              {256, 8, 512},
                                              {512, 4, 512},
                                              {512, 7, 512}})
    for (const int kernel : {1, 3, 5, 7})
      for (const int stride : {1, 2})
        if (direction != Direction::input_gradient || channels > 3)
          bench->Args({channels, side, units, kernel, stride, 1});
}

void grouped_shapes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"channels", "side", "units", "kernel", "stride", "groups"});
  for (const int groups : {64, 4}) bench->Args({64, 32, 64, 3, 1, groups});
}

void add(const std::string& name, Direction direction, void (*ours)(benchmark::State&)) {
  const auto with = [&](const std::string& who, const auto&... work) {
    const std::string grouped = name + "_grouped/" + who, all = name + "/" + who;
    shapes(benchmark::RegisterBenchmark(all.c_str(), work...), direction);
    grouped_shapes(benchmark::RegisterBenchmark(grouped.c_str(), work...));
  };
  with("ours", ours);
#ifdef GOODFIT_BENCH_DNNL
  with("onednn_channels_last", onednn, direction, dnnl::memory::format_tag::nhwc);
  with("onednn_own_layout", onednn, direction, dnnl::memory::format_tag::any);
#endif
}

}  // namespace
}  // namespace goodfit::bench

int main(int argc, char** argv) {
  using namespace goodfit::bench;
  start_with_one_thread(argv);
  add("forward", Direction::forward, ours_forward);
  add("input_gradient", Direction::input_gradient, ours_input_gradient);
  add("weight_gradient", Direction::weight_gradient, ours_weight_gradient);
  shapes(benchmark::RegisterBenchmark("pack/ours", ours_pack), Direction::forward);
  return run(argc, argv);
}
