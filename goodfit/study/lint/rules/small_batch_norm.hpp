// SmallBatchNorm: a batch_norm with batches of fewer than 16 samples.
//
// Its mean and variance are estimated from the batch: the fewer samples, the more noise in training
// and the further from the running statistics of evaluation. On ImageNet the error of a ResNet-50
// rises from 23.7 % at 16 samples to 24.8 % at 8 and 27.3 % at 4; with group norm it stays near 24.
// Source: Wu & He 2018, "Group Normalization", arXiv:1803.08494, table 2.
#pragma once
#include "goodfit/study/lint/subject.hpp"

#include <fmt/core.h>

namespace goodfit {

struct SmallBatchNorm {
  static constexpr Card card{"small_batch_norm", "Batch statistics of few samples are noise."};
  static constexpr Size least = 16;

  static Findings look(const Subject& subject) {
    for (const Chain& layers : subject.chains)
      for (const Placed& layer : layers)
        if (layer.is({"batch_norm"}) && subject.recipe.batch < least)
          return {
              {layer.place(),
               fmt::format("batch = {} is too few for statistics of a batch", subject.recipe.batch),
               "take batch = 32, or a norm that does not need it: group_norm, layer_norm"}};
    return {};
  }
};

}  // namespace goodfit
