// Lint: what is known to be wrong, or wiser otherwise, in a recipe that could be trained.
//
// Nothing is computed but statistics of the data, if they are given. Each rule is a file in rules/.
#pragma once
#include "goodfit/study/finding.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

// What the rules say, in the order of their list. `train`: the samples that would be trained on,
// where they are known; some rules look at them.
Findings lint(const Recipe& recipe, const Portion* train = nullptr);

}  // namespace goodfit
