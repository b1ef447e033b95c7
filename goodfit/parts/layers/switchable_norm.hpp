// Switchable norm: y = γ (x − μ) / √(v + ε) + β, with μ and v a learned mix of the statistics of
// instance, layer and batch norm.
//
//   x, y: [batch, …, C]   γ, β: [C]
//   μ = Σ_k w_k μ_k, v = Σ_k w'_k v_k      w, w' = softmax of "mean_weight" and "var_weight" [3],
//   in
//                                          the order instance, layer, batch; equal at first
//   train      the batch's statistics; running ← (1 − α) running + α batch, σ² there as unbiased
//   evaluate, sample      the running ones in their place
//
// Learns which norm a layer needs. Variances are biased, as in the paper; its authors' program
// takes unbiased ones of instances. Source: Luo, Ren, Peng, Zhang & Li 2018, arXiv:1806.10779, eq.
// 3–5.
#pragma once
#include "goodfit/compute/ops/switchable_norm.hpp"
#include "goodfit/parts/layers/running.hpp"

namespace goodfit {

struct SwitchableNorm {
  double eps = 1e-5;
  double momentum = 0.1;
  bool affine = true;

  static constexpr Card card{"switchable_norm", "A learned mix of instance, layer and batch norm."};
  static constexpr auto fields() {
    return Fields{
        field("eps", &SwitchableNorm::eps, above(0), "ε: added to the variance"),
        field("momentum", &SwitchableNorm::momentum, within(0, 1),
              "α: weight of the new statistics"),
        field("affine", &SwitchableNorm::affine, "learns a scale γ and a shift β"),
    };
  }

  Value build(Net& net, Value x) const {
    const Size channels = x.shape().back(), positions = positions_of(x, channels);
    if (positions == 1)
      fail("a channel of one position has no variance: it is for images and sequences");
    const Affine learned(net, channels, affine);
    const Value mean_weight = net.bias("mean_weight", {3}, Constant{.value = 1}, {});
    const Value variance_weight = net.bias("var_weight", {3}, Constant{.value = 1}, {});
    const Running running(net, channels);
    const Value moments = instance_moments(x);
    Value batch;
    if (net.mode() == Mode::train) {
      batch = moments_of_batch(moments, positions);
      running.update(batch, momentum, positions);
    } else {
      batch = net.graph().add(StackRowsOp{}, {running.mean, running.variance});
    }
    return goodfit::switchable_norm(x, moments, batch, mean_weight, variance_weight, learned.gamma,
                                    learned.beta, eps);
  }
};

}  // namespace goodfit
