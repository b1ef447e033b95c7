// Convolution of oneDNN: the referee, with images in a given layout or in the one it likes best.
//
// Weights are in its own layout. Numbers stay what they are: only the time counts here, so nothing
// is reordered.
#pragma once
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>

#include "bench/kernels/convolution_case.hpp"

namespace goodfit::bench {

struct OnednnWork {
  dnnl::primitive primitive;
  std::unordered_map<int, dnnl::memory> arguments;
};

inline dnnl::memory filled(const dnnl::memory::desc& layout, const dnnl::engine& engine) {
  dnnl::memory made(layout, engine);
  std::fill_n(static_cast<float*>(made.get_data_handle()), layout.get_size() / 4, 0.25f);
  return made;
}

inline OnednnWork onednn_work(const ConvolutionCase& now, Direction direction,
                              dnnl::memory::format_tag images, const dnnl::engine& engine) {
  using dnnl::memory;
  const kernels::Convolution& g = now.g;
  const auto floats = memory::data_type::f32;
  const memory::desc x({now.samples, g.channels, g.height.in, g.width.in}, floats, images);
  const memory::desc y({now.samples, g.units, g.height.out, g.width.out}, floats, images);
  memory::dims extents{g.units, g.group_channels(), g.height.kernel, g.width.kernel};
  if (g.groups > 1) {
    extents[0] = g.group_units();
    extents.insert(extents.begin(), g.groups);
  }
  const memory::desc w(extents, floats, memory::format_tag::any);
  const memory::dims strides{g.height.up, g.width.up}, pad{g.height.pad, g.width.pad};
  const auto way = dnnl::algorithm::convolution_direct;
  const dnnl::convolution_forward::primitive_desc forward(
      {dnnl::prop_kind::forward_training, way, x, w, y, strides, pad, pad}, engine);
  const auto with = [&](int argument, const memory::desc& layout) {
    return std::pair<const int, memory>{argument, filled(layout, engine)};
  };
  if (direction == Direction::forward)
    return {dnnl::convolution_forward(forward),
            {with(DNNL_ARG_SRC, forward.src_desc()), with(DNNL_ARG_WEIGHTS, forward.weights_desc()),
             with(DNNL_ARG_DST, forward.dst_desc())}};
  if (direction == Direction::input_gradient) {
    const dnnl::convolution_backward_data::primitive_desc back({way, x, w, y, strides, pad, pad},
                                                               engine, forward);
    return {
        dnnl::convolution_backward_data(back),
        {with(DNNL_ARG_DIFF_SRC, back.diff_src_desc()), with(DNNL_ARG_WEIGHTS, back.weights_desc()),
         with(DNNL_ARG_DIFF_DST, back.diff_dst_desc())}};
  }
  const dnnl::convolution_backward_weights::primitive_desc back({way, x, w, y, strides, pad, pad},
                                                                engine, forward);
  return {
      dnnl::convolution_backward_weights(back),
      {with(DNNL_ARG_SRC, back.src_desc()), with(DNNL_ARG_DIFF_WEIGHTS, back.diff_weights_desc()),
       with(DNNL_ARG_DIFF_DST, back.diff_dst_desc())}};
}

inline void onednn(benchmark::State& state, Direction direction, dnnl::memory::format_tag images) {
  const ConvolutionCase now(state);
  // oneDNN 2.6 writes behind its memory there, on AVX2.
  if (direction == Direction::weight_gradient && images == dnnl::memory::format_tag::nhwc &&
      now.g.channels < 8 && now.g.taps() == 1 && now.g.width.up > 1)
    return state.SkipWithError("it writes behind its memory");
  try {
    const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    dnnl::stream stream(engine);
    const OnednnWork work = onednn_work(now, direction, images, engine);
    timed(state, now.flops(), [&] {
      work.primitive.execute(stream, work.arguments);
      stream.wait();
    });
  } catch (const dnnl::error& error) {
    state.SkipWithError(error.what());
  }
}

}  // namespace goodfit::bench
