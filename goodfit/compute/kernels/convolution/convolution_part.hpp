// Convolution part: the gradient of a weight of many channels and units, some of them at a time,
// over all samples and straight into the layout of the weight.
//
// A slot for each shard would be written, read and merged; where the weight is larger than what it
// meets, that takes longer than the sums. A part's sums stay in a second-level cache instead.
//
// Contract. As convolution.hpp; the scratch of a call is on the stack, up to 1.5 MB. Bits: a sum is
// one chain over all samples, by Winograd's convolution of its terms; so they depend on the number
// of samples and on the target, not on who takes which parts.
#pragma once
#include "goodfit/compute/kernels/convolution/convolution.hpp"

namespace goodfit::kernels {

struct ConvolutionPart {
  Size channel, channels, unit, units;
};

// Whether parts are better than slots of so many samples each. g is not turned.
bool convolution_parts_pay(const Convolution& g, Size samples);

// Channels and units that Winograd's gradient sums together, at most: 36 sums for each pair of them
// stay in a second-level cache.
constexpr Size winograd_part = 64;

// For a g of one group, up to 1792 taps and, but for Winograd's, 64 channels and more.
Size convolution_parts(const Convolution& g);
ConvolutionPart convolution_part(const Convolution& g, Size index);
// Of the parts [begin, end); the others of `weight` are not touched.
void convolution_part_gradients(const Convolution& g, const float* x, const float* dy, Size samples,
                                Size begin, Size end, float* weight);

// The steps of it. Σ of one part: [kernel height, kernel width, part.channels, part.units].
void sum_convolution_part(const Convolution& g, const float* x, const float* dy, Size samples,
                          const ConvolutionPart& part, float* sums);
// Into its place in the weight.
void store_convolution_part(const Convolution& g, const ConvolutionPart& part, const float* sums,
                            float* weight);

}  // namespace goodfit::kernels
