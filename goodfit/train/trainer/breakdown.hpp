// Breakdown: where the numbers of a step ceased to be numbers, once its loss has.
//
// The weights are those that the step began with, and the forward way is gone once more with what
// leaves each layer kept, so that nothing of this costs a step that goes well.
#pragma once
#include "goodfit/base/threads.hpp"
#include "goodfit/compute/tensor/store.hpp"
#include "goodfit/train/recipe/recipe.hpp"

namespace goodfit {

struct BrokenBatch {
  Shape sample;                   // shape of one
  ConstSpan features;             // as the net had them
  std::span<const Size> numbers;  // of its samples, in the data
  std::uint64_t seed = 0;
  std::uint32_t step = 0;
};

// "layers.2 (dense) gives inf for sample 17", or which weight holds what is no number.
std::string breakdown(const Recipe& recipe, const BrokenBatch& batch, Store& store,
                      Threads& threads);

}  // namespace goodfit
