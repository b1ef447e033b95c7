// Feed: gathers the samples of a batch and does to them what the recipe's transforms say.
#pragma once
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

class Feed {
 public:
  // `goals` numbers per target; more than the samples have when classes become shares.
  Feed(const Portion& portion, const std::vector<Transform>& transforms, std::uint64_t seed,
       Size goals, Threads* threads = nullptr)
      : portion_(portion), transforms_(transforms), seed_(seed), goals_(goals), threads_(threads) {}

  // The samples `rows` of the portion, transformed, into features and targets. `batch` is the
  // number of the batch since the run began, which random numbers go by.
  void fill(std::span<const Size> rows, Size batch, Span features, Span targets);

 private:
  const Portion& portion_;
  const std::vector<Transform>& transforms_;
  const std::uint64_t seed_;
  const Size goals_;
  Threads* const threads_;
  std::vector<float> scratch_;
};

}  // namespace goodfit
