// Group norm: blocks of positions × channels of a sample, centred and scaled by their own
// statistics.
//
//   x [samples, P, C], the channels in G groups of D = C / G; a block: a sample's P D = n numbers
//   statistics [samples, 3, G]: origin, rest, inv      mean = origin + rest
//   inv = 1 / sqrt(Σ (x - mean)² / n + eps)            x̂ = (x - mean) inv
//   y = x̂ gamma + beta                                 with relu: max(y, 0)
//   dx = inv (g - Σ g / n - x̂ Σ g x̂ / n)               g = dy gamma
//   dgamma = Σ dy x̂        dbeta = Σ dy                over positions and samples, per channel
//   not centred: mean = 0 and no Σ g / n
//
// One group: layer norm; P = 1 and one group: that of each row; as many groups as channels:
// instance norm; not centred: rms norm.
//
// Far outputs are written past the caches, with the same bits.
//
// Contract: any samples ≥ 0, P, C, G ≥ 1 with G a divisor of C, and any alignment. y may be exactly
// x; dx exactly x or dy; other outputs overlap nothing. A block's bits do not depend on how samples
// are cut. A large mean costs nothing: origin is an element of the block, deviations are taken from
// the mean of 64 positions and merged by Chan's formula, and x - origin - rest keeps the digits
// that x - mean would lose. Source: Wu & He 2018, arXiv:1803.08494, eq. 1 and 7; Ba, Kiros & Hinton
// 2016, arXiv:1607.06450, eq. 4; Chan, Golub & LeVeque 1983, eq. 1.5.
#pragma once
#include "goodfit/base/size.hpp"

namespace goodfit::kernels {

struct Grouping {
  Size positions, channels, groups;
  double eps;
  bool centred;
  Size group_channels() const { return channels / groups; }
  Size sample_floats() const { return positions * channels; }
  Size block_floats() const { return positions * group_channels(); }
  bool is_row() const { return positions == 1 && groups == 1; }  // a sample is one block
};

void group_statistics(const Grouping& g, const float* x, float* statistics, Size samples);
void group_norm(const Grouping& g, const float* x, const float* statistics, const float* gamma,
                const float* beta, float* y, Size samples, bool relu, bool far = false);
void group_norm_backward(const Grouping& g, const float* x, const float* statistics,
                         const float* gamma, const float* dy, float* dx, Size samples,
                         bool far = false);
void group_norm_backward_parameters(const Grouping& g, const float* x, const float* statistics,
                                    const float* dy, Size samples, float* dgamma, float* dbeta);

}  // namespace goodfit::kernels
