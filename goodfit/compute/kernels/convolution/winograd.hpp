// Winograd's convolution: 3 × 3 taps, one pixel apart, over tiles of 4 × 4 outputs.
//
//   y  = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ x B)] A          of a tile, x the 6 × 6 inputs that it sees
//   dw = Gᵀ [Σ_tiles (A dy Aᵀ) ⊙ (Bᵀ x B)] G
//
// Both sides are polynomials, multiplied by their values at the points 0, ±a, ±b and infinity along
// each axis: 36 products where 4 × 4 sums of 9 take 144. Summed over channels each of the 36 is a
// product of matrices, [tiles, channels] · [channels, units]; the rest is a few additions for each
// input and output, which pay from 16 channels on.
//
//   Bᵀ  a²b²    0   −(a² + b²)  0   1   0      G     1         0         0     / (a²b²)
//         0  −ab²      −b²      a   1   0            1         a         a²    / 2a²(a² − b²)
//         0   ab²      −b²     −a   1   0            1        −a         a²    / 2a²(a² − b²)
//         0  −a²b      −a²      b   1   0            1         b         b²    / 2b²(b² − a²)
//         0   a²b      −a²     −b   1   0            1        −b         b²    / 2b²(b² − a²)
//         0  a²b²       0   −(a² + b²) 0  1          0         0         1
//   Aᵀ[i]  1 if i = 0, aⁱ, (−a)ⁱ, bⁱ, (−b)ⁱ, 1 if i = 3
//
// With a = 5/8 and b = 3/2, whose powers are exact, outputs of 64 random channels err by 7.6e-7 of
// their spread, those of the usual 1 and 2 by 1.7e-6, direct sums by 4.3e-7.
//
// Contract and layouts: as convolution.hpp. 16 to 512 channels and units. The scratch of a call is
// on the stack: up to 0.7 MB, from 257 channels on 2.8 MB; of the weight gradient, with the sum
// inside the brackets for 64 × 64 channels and units at a time, 1.2 MB. Bits: those of an output
// depend on the target alone, those of a slot on the samples as well. Accuracy: an error is bounded
// by the largest terms of a tile, not by those of its own sum.
//
// Source: Winograd 1980, "Arithmetic Complexity of Computations"; Lavin & Gray 2016, "Fast
// Algorithms for Convolutional Neural Networks", arXiv:1509.09308. Points: Barabasz et al. 2020,
// "Error Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks",
// arXiv:1803.10986.
#pragma once
#include "goodfit/compute/kernels/convolution/convolution_part.hpp"

namespace goodfit::kernels {

Size winograd_packed_floats(const Convolution& g);
void pack_winograd(const Convolution& g, const float* weight, float* packed, Size panel_begin,
                   Size panel_end);
void winograd(const Convolution& g, const float* x, const float* packed, Size samples, float* y,
              const Epilogue& epilogue);
void winograd_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                              float* slot);
void sum_winograd_part(const Convolution& g, const float* x, const float* dy, Size samples,
                       const ConvolutionPart& part, float* sums);

}  // namespace goodfit::kernels
