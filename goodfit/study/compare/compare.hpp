// Compare: variants of a recipe, trained with the same seeds and on the same splits.
//
//   OUT/VARIANT/seed-S/   an ordinary run; S = 1 … seeds is the seed of its weights and its split
//
// Several runs at a time have one thread each, as long as there are as many runs as threads. A
// comparison that is begun again in its folder goes on: what is finished is read, what was cut
// short is resumed, bit for bit. A run that fails is told, and the others go on.
//
// Halving: all variants train for E / 3^k epochs, the best third of them for three times as many,
// and so on, until the last two or three have all E. A run is stopped and resumed, never begun
// anew: those that get to the end are what they would be without halving. Source: Jamieson &
// Talwalkar 2016, "Non-stochastic Best Arm Identification and Hyperparameter Optimization", arXiv
// 1502.07943; a third where they take half is from Li et al. 2018, "Hyperband", arXiv 1603.06560.
#pragma once
#include <atomic>
#include <functional>

#include "goodfit/study/compare/standings.hpp"

namespace goodfit {

struct CompareOptions {
  std::filesystem::path folder;
  Size seeds = 5;
  std::string by = {};  // a metric of the validation samples; empty: what the recipes stop by
  bool halving = false;
  int threads = 0;   // of all runs together, 0: all cores; results do not depend on it
  Size at_once = 0;  // runs; 0: as many as threads
  const std::atomic<bool>* interrupted = nullptr;
  // Told of each run when it is done, one at a time; of those, too, that were done before.
  std::function<void(const Variant&, const Trial&, Size number, Size of)> on_trial = {};
};

// Throws Error before the first run for variants that cannot be compared, and afterwards when all
// runs have failed.
Comparison compare(const std::vector<Variant>& variants, const CompareOptions& options);

// How many variants take part in each round of halving: 27, 9, 3. One round when there are too few
// variants or epochs.
std::vector<Size> rounds_of(Size variants, Size epochs);

}  // namespace goodfit
