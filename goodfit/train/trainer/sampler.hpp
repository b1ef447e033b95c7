// Sampler: a trained model made ready to answer many times with dropout active, for a program that
// asks again and again how sure the model is.
//
// All is built once: a call allocates nothing and packs no weights. Its answers have the bits of
// Run::sample.
#pragma once
#include <memory>

#include "goodfit/compute/tensor/store.hpp"

namespace goodfit {

class Run;

class Sampler {
 public:
  // Of `passes` passes over up to `rows` samples a call, or fewer where their results would be too
  // many: see rows(). Weights and temperature are those that the run has now.
  Sampler(const Run& run, Size passes, Size rows = 1, int threads = 1);
  Sampler(Sampler&&) noexcept;
  ~Sampler();

  Size passes() const;
  Size rows() const;
  // Features of some samples, one after the other → [passes, samples, outputs] as Run::sample gives
  // them, valid until the next call. Each sample has random numbers of its own: `begin` is the
  // number of the first among all, a multiple of rows(). Throws Error when the features are no
  // whole number of samples between 1 and rows().
  ConstSpan operator()(ConstSpan features, std::uint64_t seed = 0, Size begin = 0);

 private:
  struct Model;
  std::unique_ptr<Model> model_;
};

}  // namespace goodfit
