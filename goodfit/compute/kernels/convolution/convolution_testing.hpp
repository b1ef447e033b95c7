// Convolution testing: geometries by a few numbers, and a product with all its parts.
#pragma once
#include "goodfit/compute/kernels/convolution/convolution.hpp"
#include "goodfit/compute/kernels/kernel_testing.hpp"

namespace goodfit::kernels {

inline ConvolutionAxis axis(Size in, Size kernel, Size stride = 1, Size dilation = 1,
                            Size pad = 0) {
  const Size out = (in + 2 * pad - (kernel - 1) * dilation - 1) / stride + 1;
  return {.in = in, .out = out, .kernel = kernel, .up = stride, .dilation = dilation, .pad = pad};
}

inline std::string text(const Convolution& g) {
  std::string all;
  for (const ConvolutionAxis& a : {g.height, g.width})
    for (const Size part : {a.in, a.out, a.kernel, a.up, a.down, a.dilation, a.pad})
      all += std::to_string(part) + " ";
  return all + std::to_string(g.channels) + " to " + std::to_string(g.units) + " in " +
         std::to_string(g.groups);
}

// Weights are packed, then meet x.
inline void pack_and_multiply(const Convolution& g, const float* x, const float* weight,
                              const float* bias, Size samples, float* y, bool relu) {
  Numbers packed(std::size_t(convolution_packed_floats(g)), not_a_number);
  pack_convolution(g, weight, packed.data(), 0, convolution_panels(g));
  using Kind = Epilogue::Activation;
  convolution_packed(g, x, packed.data(), samples, y, {bias, relu ? Kind::relu : Kind::none});
}

inline void expect_parts_pack_as_the_whole(const Convolution& g) {
  const Numbers w = some_numbers(g.weight_floats());
  Numbers whole(std::size_t(convolution_packed_floats(g)), 1.0f), parts = whole;
  pack_convolution(g, w.data(), whole.data(), 0, convolution_panels(g));
  for (Size p = 0; p < convolution_panels(g); ++p)
    pack_convolution(g, w.data(), parts.data(), p, p + 1);
  EXPECT_TRUE(same_bits(whole, parts));
}

inline void expect_samples_may_be_cut(const Convolution& g) {
  const Size samples = 26;
  const Numbers x = some_numbers(samples * g.input_floats()), w = some_numbers(g.weight_floats());
  expect_cut_free(samples, g.output_floats(), [&](Size begin, Size end, float* out) {
    pack_and_multiply(g, x.data() + begin * g.input_floats(), w.data(), nullptr, end - begin, out,
                      false);
  });
}

}  // namespace goodfit::kernels
