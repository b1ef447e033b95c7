// MissingActivation: two layers with weights and nothing between them that is not linear.
//
//   W₂ (W₁ x + b₁) + b₂ = (W₂ W₁) x + (W₂ b₁ + b₂)
//
// Together they can do no more than one of them. Flatten, dropout, average pooling and batch_norm
// between them change nothing of that once the net is trained. Silent where two are meant: a layer
// narrower than the next (a bottleneck), convolutions in groups (depthwise, then pointwise), of
// size 1, or along one axis each. Source: the formula; Saxe, McClelland & Ganguli 2014,
// arXiv:1312.6120.
#pragma once
#include "goodfit/study/lint/subject.hpp"

#include <fmt/core.h>

namespace goodfit {

struct MissingActivation {
  static constexpr Card card{"missing_activation", "Two linear layers in a row are one."};

  static Findings look(const Subject& subject) {
    Findings found;
    for (const Chain& layers : subject.chains) {
      const Placed* before = nullptr;  // a linear layer with only linear ones behind it
      for (const Placed& layer : layers) {
        const bool linear = layer.is({"dense", "conv1d", "conv2d"}) && !meant(layer);
        if (before && linear && !bottleneck(*before, layer))
          found.push_back({layer.place(),
                           fmt::format("nothing between it and {} is not linear: the two can do no "
                                       "more than one",
                                       before->place()),
                           "put an activation between them, or leave one out"});
        if (linear)
          before = &layer;
        else if (!layer.is({"flatten", "dropout", "identity", "avg_pool", "global_avg_pool",
                            "batch_norm"}))
          before = nullptr;
      }
    }
    return found;
  }

 private:
  static bool meant(const Placed& layer) {
    if (layer.is({"dense"})) return false;
    const Setting* kernel = layer.settings.find("kernel");
    return layer.number("groups", 1) > 1 || !kernel->is_number() || layer.number("kernel") < 2;
  }
  static bool bottleneck(const Placed& first, const Placed& second) {
    return first.layer.key() == second.layer.key() && first.number("out") < second.number("out");
  }
};

}  // namespace goodfit
