// Passes: one network run many times with dropout active, over the same samples.
//
// What stands before the first dropout is computed once for each sample, and many passes go
// through the rest as one batch: weights are packed for all of them, and a thread takes a shard of
// them through all layers. The numbers of a pass are those that it would have alone.
#pragma once
#include <functional>

#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/train/recipe/recipe.hpp"
#include "goodfit/train/record/signature.hpp"

namespace goodfit {

// Whether passes differ: something in the model is random in mode sample.
bool draws_in_passes(const Recipe& recipe, const Signature& signature);

class Passes {
 public:
  // For `samples` samples and `passes` passes over each.
  Passes(const Recipe& recipe, const Signature& signature, Size samples, Size passes, Store& store,
         Threads& threads);

  Size samples_at_a_time() const { return fixed_.plan.graph().rows(); }
  Size outputs() const { return outputs_; }  // numbers for one sample
  Size passes() const { return passes_; }

  // Runs all passes over `rows` samples, the first of which is number `begin` of all; `see` gets
  // [passes from `first` on, rows, outputs].
  using See = std::function<void(Size first, ConstSpan outputs)>;
  void run(ConstSpan samples, Size begin, Size rows, std::uint64_t seed, const See& see);

 private:
  struct Part {
    Plan plan;
    std::unique_ptr<Executor> executor;
  };
  void repeat_fixed(Size rows, Size times);
  Size passes_, outputs_ = 0;
  Part fixed_, drawn_;
  bool samples_alone_ = true;
  std::vector<Size> widths_;  // of what the random part reads
};

}  // namespace goodfit
