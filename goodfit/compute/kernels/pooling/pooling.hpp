// Pooling: each channel of an image made smaller, window by window; channels last.
//
//   max_pool    y[o, q, c] = max x over the window of (o, q), padding left out; NaN is largest
//               dx = Σ dy of the windows whose first largest element stands here, row by row
//   avg_pool    y[o, q, c] = Σ x over the window / (kernel height · kernel width), padding is zero
//               dx = Σ dy of the windows that hold it / (kernel height · kernel width)
//   mean_positions   y[n, c] = Σ_p x[n, p, c] / P          dx[n, p, c] = dy[n, c] / P
//
// Contract: dense arrays, any alignment, outputs alias no input; each window has at least one pixel
// inside the image. Bits of a sample do not depend on how samples are cut.
#pragma once
#include "goodfit/compute/kernels/convolution/convolution.hpp"

namespace goodfit::kernels {

struct Pooling {
  ConvolutionAxis height, width;  // neither dilated nor turned
  Size channels = 1;

  Size input_floats() const { return height.in * width.in * channels; }  // of a sample
  Size output_floats() const { return height.out * width.out * channels; }
  Size area() const { return height.kernel * width.kernel; }
};

void max_pool(const Pooling& g, const float* x, Size samples, float* y);
void max_pool_backward(const Pooling& g, const float* x, const float* dy, Size samples, float* dx);

void avg_pool(const Pooling& g, const float* x, Size samples, float* y);
void avg_pool_backward(const Pooling& g, const float* dy, Size samples, float* dx);

// x: [samples, positions, c]
void mean_positions(const float* x, Size samples, Size positions, Size c, float* y);
void mean_positions_backward(const float* dy, Size samples, Size positions, Size c, float* dx);

// visit(output position, first pixel row and its end, first column and its end), row by row.
template <class Visit>
void each_window(const Pooling& g, const Visit& visit) {
  const auto low = [](const ConvolutionAxis& axis, Size o) {
    const Size at = o * axis.up - axis.pad;
    return at > 0 ? at : 0;
  };
  const auto high = [](const ConvolutionAxis& axis, Size o) {
    const Size at = o * axis.up - axis.pad + axis.kernel;
    return at < axis.in ? at : axis.in;
  };
  for (Size o = 0; o < g.height.out; ++o)
    for (Size q = 0; q < g.width.out; ++q)
      visit(o * g.width.out + q, low(g.height, o), high(g.height, o), low(g.width, q),
            high(g.width, q));
}

}  // namespace goodfit::kernels
