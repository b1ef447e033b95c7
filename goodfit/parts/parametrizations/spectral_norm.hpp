// Spectral norm: W = W' / σ(W'), so that a layer stretches no input by more than 1.
//
//   σ(W') ≈ uᵀ W' v, the largest singular value of W' as a matrix [units, inputs], by one step of
//   power iteration for each step of training; u, v kept as they are in evaluation
//
// Bounds how fast outputs change with inputs: for critics of GANs and against great gradients. On
// disk as PyTorch's spectral_norm: weight_orig, weight_u, weight_v. Begins with 15 steps of the
// iteration. Source: Miyato et al. 2018, arXiv:1802.05957, algorithm 1 and eq. 8.
#pragma once
#include "goodfit/compute/ops/spectral.hpp"
#include "goodfit/parts/parametrizations/parametrization.hpp"

namespace goodfit {

struct SpectralNorm {
  static constexpr Card card{"spectral_norm", "Divides a weight by its largest singular value."};
  static constexpr std::string_view suffix = "_orig";
  static constexpr auto fields() { return Fields{}; }

  Value build(Net& net, const Raw& raw) const {
    const Units& units = raw.units;
    std::vector<float> left(std::size_t(units.count())), right(std::size_t(units.width()));
    const Value kept_u = net.buffer(raw.name + "_u", {units.count()}, [&](Span to) {
      const float* w = net.now(raw.value).data();
      Random random = net.random(raw.name + "_u");
      for (float& x : left) x = float(random.normal());
      for (int i = 0; i < first_iterations; ++i) {
        right_singular(units, w, left.data(), right.data());
        left_singular(units, w, right.data(), left.data());
      }
      std::copy(left.begin(), left.end(), to.begin());
    });
    const Value kept_v = net.buffer(raw.name + "_v", {units.width()}, [&](Span to) {
      std::copy(right.begin(), right.end(), to.begin());
    });
    if (net.mode() != Mode::train)
      return divide_weight(raw.value, singular_value(raw.value, kept_u, kept_v, units));
    const Value v = right_singular(raw.value, kept_u, units);
    const Value u = left_singular(raw.value, v, units);
    net.graph().assign(kept_u, u);
    net.graph().assign(kept_v, v);
    return divide_weight(raw.value, singular_value(raw.value, u, v, units));
  }

 private:
  static constexpr int first_iterations = 15;
};

}  // namespace goodfit
