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
#include "goodfit/compute/ops/batch_norm.hpp"
#include "goodfit/parts/initializers/constant.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct BatchNorm {
  double eps = 1e-5;
  double momentum = 0.1;
  bool affine = true;

  static constexpr Card card{"batch_norm", "Normalizes each channel over the batch."};
  static constexpr bool centers_channels = true;
  static constexpr auto fields() {
    return std::tuple{
        field("eps", &BatchNorm::eps, above(0), "ε: added to the variance"),
        field("momentum", &BatchNorm::momentum, within(0, 1), "α: weight of the new statistics"),
        field("affine", &BatchNorm::affine, "learns a scale γ and a shift β"),
    };
  }

  Value build(Net& net, Value x) const {
    const Size channels = x.shape().back();
    const Value gamma = affine ? net.bias("weight", {channels}, Constant{.value = 1}, {})
                               : net.graph().constant({channels}, 1);
    const Value beta = affine ? net.bias("bias", {channels}, Constant{.value = 0}, {})
                              : net.graph().constant({channels}, 0);
    const Value mean = net.buffer("running_mean", {channels}, 0);
    const Value variance = net.buffer("running_var", {channels}, 1);
    if (net.mode() != Mode::train)
      return goodfit::batch_norm(x, normalizer(mean, variance, eps), gamma, beta, true);

    const Size positions = positions_of(x, channels);
    if (x.shape().front() * positions < 2)
      fail("a batch of one sample has no variance; choose batch = 2 or more, or layer_norm");
    if (positions == 1) net.uses_batch_statistics = true;
    const Value batch = batch_statistics(x, channels);
    const auto update = [&](Value running, Size row) {
      net.graph().assign(running,
                         net.graph().add(RunningOp(momentum, row, positions), {running, batch}));
    };
    update(mean, 0);
    update(variance, 1);
    return goodfit::batch_norm(x, normalizer(batch, eps), gamma, beta, false);
  }
};

}  // namespace goodfit
