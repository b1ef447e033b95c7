// Window: how convolutions and pooling walk over one axis of an image.
//
//   output o sees the inputs o · stride + r · dilation − before,  r = 0 … kernel − 1
//   outputs = ⌊(in + before + after − dilation (kernel − 1) − 1) / stride⌋ + 1
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/kernels/convolution/convolution.hpp"

namespace goodfit {

struct Window {
  Size kernel = 1, stride = 1, dilation = 1;
  Size before = 0, after = 0;  // padding

  Size extent() const { return dilation * (kernel - 1) + 1; }

  // Throws Error, which begins with `what`, when the window is larger than the padded axis.
  kernels::ConvolutionAxis on(Size in, std::string_view what) const {
    const Size padded = in + before + after;
    if (padded < extent())
      fail("{}: a window of {} pixels does not fit an axis of {}, padding included", what, extent(),
           padded);
    return {.in = in,
            .out = (padded - extent()) / stride + 1,
            .kernel = kernel,
            .up = stride,
            .dilation = dilation,
            .pad = before};
  }
};

struct Windows {
  Window height, width;
};

inline std::string text(const kernels::ConvolutionAxis& axis) {
  return formatted("{}to{} kernel={} up={} down={} dilation={} pad={}", axis.in, axis.out,
                   axis.kernel, axis.up, axis.down, axis.dilation, axis.pad);
}

}  // namespace goodfit
