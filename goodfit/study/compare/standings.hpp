// Standings: what the runs of a comparison say of its variants.
#pragma once
#include <limits>
#include <optional>

#include "goodfit/base/error.hpp"
#include "goodfit/study/compare/paired.hpp"
#include "goodfit/study/compare/sweep.hpp"

namespace goodfit {

// A run as the comparison looks at it.
struct Trial {
  std::size_t variant = 0;
  Size seed = 1, epochs = 0;                                // done, as far as they count
  std::vector<double> curve = {};                           // the score, epoch by epoch
  double score = std::numeric_limits<double>::quiet_NaN();  // of the best epoch; validation
  std::optional<double> test = {};
  double seconds = 0;
  std::optional<Error> failed = {};
};

struct Standing {
  Variant variant;
  std::filesystem::path folder;
  std::vector<Trial> trials = {};  // by seed
  Size round = 0;                  // of halving: the last one it took part in, from 0
  Size failed = 0;                 // runs
  Mean score = {}, test = {};      // over the seeds; no numbers when there are none
  double epochs = 0, seconds = 0;  // of a run, on the average
  // How likely its distance to the best is chance; nothing for the best itself, for a single seed,
  // and for what was left behind or has failed.
  std::optional<double> p = {};
};

struct Comparison {
  std::string by;  // "loss", or the key of a metric
  bool higher_is_better = false, interrupted = false;
  Size seeds = 0, rounds = 1;
  std::vector<Standing> standings = {};  // the best first
};

// Fills the means from the trials, brings the best to the front, and tests the others against it.
// Variants that were left behind come after those that were not, and those with failed runs last:
// what is left of their seeds would be a choice of the lucky ones.
void rank(Comparison& comparison);

// A row for each variant, a column for the score of each seed.
std::string csv_of(const Comparison& comparison);

}  // namespace goodfit
