// Convolution over images, channels last, with stride, padding, dilation and groups; forward, for
// its input and for its weights. An axis of the image says which input meets which output:
//
//   i = (o · up + r · dilation − pad) / down      output o, tap r, where i is whole and exists
//   y[n, o, q, k] = Σ_{r, s, c} x[n, i(o, r), j(q, s), c] · B[r, s, c, k]
//
// A stride is `up`. The gradient of the input is the convolution `turned` around: the stride
// becomes `down`, the taps are flipped, channels and units change places. So is a transposed
// convolution.
//
//   x: [samples, H, W, channels]   y: [samples, OH, OW, units]   weight: [units, channels / groups,
//   kernel height, kernel width], as PyTorch's   slot of dw: [kernel height, kernel width, channels
//   / groups, units]
//
// There is no padded copy. Outputs that see the same taps form a region (inside, edges, corners;
// with `down`, one set for each remainder), and in a region every step of the sum goes on by fixed
// strides: it is the product of gemm with two loops more. A tile of rows runs along the width, the
// height or the samples, whichever is long enough. A panel that no second-level cache holds goes
// tap by tap: the same chain, put aside in y. One weight for each channel ("depthwise": groups =
// channels = units) has a kernel of its own, channels side by side in a vector; so have many
// channels under 3 × 3 taps one pixel apart, by fewer products (winograd.hpp). A single tap is
// gemm's.
//
// Contract. Dense arrays, nothing need be aligned, outputs alias no input, nothing is allocated,
// one thread works: callers cut samples. Sizes may be 0.
// Bits: an element of y is one chain of multiply-adds over r, s, c from zero, taps outside the
// image left out, then + bias; so its bits depend on the target alone; of a single tap it is
// gemm's. Those of dw depend on the number of samples too, and on nothing else.
// Accuracy: |y − exact| ≤ (terms + 2) · eps · Σ|x||B|. Both are said of Winograd's in its header.
//
// Source of the scheme: as gemm; strides instead of a padded or unrolled copy ("im2col"): Zhang,
// Franchetti & Low 2018, "High Performance Zero-Memory Overhead Direct Convolutions",
// arXiv:1809.10170.
#pragma once
#include <algorithm>

#include "goodfit/base/size.hpp"
#include "goodfit/compute/kernels/gemm/gemm.hpp"

namespace goodfit::kernels {

struct ConvolutionAxis {
  Size in = 1, out = 1;  // positions
  Size kernel = 1;       // taps
  Size up = 1, down = 1, dilation = 1, pad = 0;

  // The input of output o at tap r, or -1.
  Size input(Size o, Size r) const {
    const Size at = o * up + r * dilation - pad;
    if (down == 1) return at >= 0 && at < in ? at : -1;  // a division costs as much as ten taps
    return at >= 0 && at % down == 0 && at / down < in ? at / down : -1;
  }
  bool pointwise() const { return kernel == 1 && up == 1 && down == 1 && pad == 0 && in == out; }
  // Positions behind the last input that the last output sees; below 0: inputs that none sees.
  Size behind() const { return (out - 1) * up + dilation * (kernel - 1) + 1 - in - pad; }
  // Three taps one position apart, at least one of which sees an input, for tiles of four outputs:
  // see winograd.hpp.
  bool winograd() const {
    return kernel == 3 && up == 1 && down == 1 && dilation == 1 && pad < kernel &&
           behind() < kernel;
  }
  // Three taps side by side, all of which see an input, but for the first output's first and the
  // last one's last.
  bool three_in_row() const {
    return kernel == 3 && up <= 2 && down == 1 && dilation == 1 && pad >= 0 && pad <= 1 &&
           behind() <= 1 && out >= 4;
  }
  Size winograd_tiles() const { return (out + 3) / 4; }
  ConvolutionAxis turned() const {
    return {out, in, kernel, down, up, dilation, (kernel - 1) * dilation - pad};
  }
};

struct Convolution {
  ConvolutionAxis height, width;
  Size channels = 1, units = 1, groups = 1;
  bool flipped = false;  // its weight is that of the convolution it was turned from

  Size taps() const { return height.kernel * width.kernel; }
  Size group_channels() const { return channels / groups; }
  Size group_units() const { return units / groups; }
  Size input_floats() const { return height.in * width.in * channels; }  // of a sample
  Size output_floats() const { return height.out * width.out * units; }
  Size weight_floats() const { return taps() * group_channels() * units; }
  // One tap that meets every pixel once: a product of gemm over all pixels.
  bool pointwise() const { return groups == 1 && height.pointwise() && width.pointwise(); }
  Size pixels() const { return height.out * width.out; }
  bool depthwise() const { return groups > 1 && groups == channels && groups == units; }
  // Whether winograd.hpp is faster: with many channels, over tiles that outputs fill.
  static constexpr Size winograd_most_channels = 512;
  bool winograd() const {
    return groups == 1 && height.winograd() && width.winograd() &&
           std::min(channels, units) >= 16 && std::max(channels, units) <= winograd_most_channels &&
           pixels() >= 10 * height.winograd_tiles() * width.winograd_tiles();
  }
  Convolution turned() const {
    return {height.turned(), width.turned(), units, channels, groups, !flipped};
  }
};

// The weight as the product reads it: a panel of units after the other, group by group.
Size convolution_panels(const Convolution& g);
Size convolution_packed_floats(const Convolution& g);
// Writes the panels [panel_begin, panel_end) alone; `packed` points to panel 0.
void pack_convolution(const Convolution& g, const float* weight, float* packed, Size panel_begin,
                      Size panel_end);

void convolution_packed(const Convolution& g, const float* x, const float* packed, Size samples,
                        float* y, const Epilogue& epilogue);

// Σ over samples and outputs, into a slot; g is not turned.
void convolution_weight_gradient(const Convolution& g, const float* x, const float* dy,
                                 Size samples, float* slot);

// Σ of the shards' slots in a balanced tree, into the layout of the weight; channels
// [channel_begin, channel_end) of every group alone.
void merge_convolution_gradients(const Convolution& g, Size shards, const float* slots,
                                 float* weight, Size channel_begin, Size channel_end);

// The parts of the above with one weight for each channel.
void depthwise(const Convolution& g, const float* x, const float* packed, Size samples, float* y,
               const Epilogue& epilogue);
void depthwise_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                               float* dw);

}  // namespace goodfit::kernels
