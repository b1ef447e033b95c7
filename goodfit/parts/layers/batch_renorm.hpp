// Batch renorm: y = γ (r (x − μ_B) / √(σ²_B + ε) + d) + β in training, where r and d carry the
// batch's statistics over to the running ones.
//
//   x, y: [batch, …, C]   γ, β: [C]   σ_B = √(σ²_B + ε), σ = √(running σ² + ε)
//   r = σ_B / σ within 1 / r_max … r_max     d = (μ_B − μ) / σ within ±d_max     constants to the
//                                                                                gradient
//   evaluate, sample      the running mean and variance, as in batch norm
//
// Training sees nearly what evaluation will do, so small or uneven batches cost less than in batch
// norm. The limits rise from r = 1, d = 0 (plain batch norm) over the first `warmup` steps, as the
// running statistics mean nothing at first. Source: Ioffe 2017, arXiv:1702.03275, algorithm 1 and
// section 3.
#pragma once
#include "goodfit/compute/ops/batch_renorm.hpp"
#include "goodfit/parts/layers/running.hpp"

namespace goodfit {

struct BatchRenorm {
  double r_max = 3;
  double d_max = 5;
  Size warmup = 1000;
  double eps = 1e-5;
  double momentum = 0.01;
  bool affine = true;

  static constexpr Card card{"batch_renorm", "Batch norm that trains nearly as it evaluates."};
  static constexpr bool centers_channels = true;
  static constexpr auto fields() {
    return Fields{
        field("r_max", &BatchRenorm::r_max, at_least(1), "limit of the scale's correction r"),
        field("d_max", &BatchRenorm::d_max, at_least(0), "limit of the shift's correction d"),
        field("warmup", &BatchRenorm::warmup, at_least(0), "steps over which the limits rise"),
        field("eps", &BatchRenorm::eps, above(0), "ε: added to the variance"),
        field("momentum", &BatchRenorm::momentum, within(0, 1), "α: weight of the new statistics"),
        field("affine", &BatchRenorm::affine, "learns a scale γ and a shift β"),
    };
  }

  Value build(Net& net, Value x) const {
    const Size channels = x.shape().back();
    const Affine learned(net, channels, affine);
    const Running running(net, channels);
    if (net.mode() != Mode::train) return running.normalized(x, learned, eps);
    const Size positions = positions_in_batch(net, x);
    const Value batch = batch_statistics(x, channels);
    const Value correction = net.graph().add(RenormOp(r_max, d_max, warmup, eps),
                                             {batch, running.mean, running.variance});
    running.update(batch, momentum, positions);
    return goodfit::batch_norm(x, normalizer(batch, eps), scaled_row(learned.gamma, correction, 0),
                               add(scaled_row(learned.gamma, correction, 1), learned.beta), false);
  }
};

}  // namespace goodfit
