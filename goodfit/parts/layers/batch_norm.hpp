// Batch norm: y = γ (x − μ) / √(σ² + ε) + β, per channel over batch and positions.
//
//   x, y: [batch, …, C]   γ, β: [C]
//   train      μ, σ² of the batch; running ← (1 − α) running + α batch, σ² there as unbiased
//   estimate evaluate, sample      the running mean and variance
//
// Makes training faster and less sensitive to lr and initialization; needs batches of some size and
// shuffled data. α is the weight of the new value, as in PyTorch.
// Source: Ioffe & Szegedy 2015, arXiv:1502.03167, algorithms 1 and 2.
#pragma once
#include "goodfit/parts/layers/running.hpp"

namespace goodfit {

struct BatchNorm {
  double eps = 1e-5;
  double momentum = 0.1;
  bool affine = true;

  static constexpr Card card{"batch_norm", "Normalizes each channel over the batch."};
  static constexpr bool centers_channels = true;  // a bias before it has no effect
  static constexpr auto fields() {
    return Fields{
        field("eps", &BatchNorm::eps, above(0), "ε: added to the variance"),
        field("momentum", &BatchNorm::momentum, within(0, 1), "α: weight of the new statistics"),
        field("affine", &BatchNorm::affine, "learns a scale γ and a shift β"),
    };
  }

  Value build(Net& net, Value x) const {
    const Size channels = x.shape().back();
    const Affine learned(net, channels, affine);
    const Running running(net, channels);
    if (net.mode() != Mode::train) return running.normalized(x, learned, eps);
    const Size positions = positions_in_batch(net, x);
    const Value batch = batch_statistics(x, channels);
    running.update(batch, momentum, positions);
    return goodfit::batch_norm(x, normalizer(batch, eps), learned.gamma, learned.beta, false);
  }
};

}  // namespace goodfit
