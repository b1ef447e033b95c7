// LbfgsNeedsFullBatch: lbfgs with batches that do not hold all samples.
//
//   y = g − g of the step before
//
// is to say how the gradient turns along the step. From one batch to the next it mostly says how
// batches differ, and the curvature that comes of it is noise; nothing in the rule damps that.
// Only where the number of samples is known. Source: Bollapragada et al. 2018, "A Progressive
// Batching L-BFGS Method for Machine Learning", arXiv:1802.05374, section 1.
#pragma once
#include "goodfit/study/lint/subject.hpp"

#include <fmt/core.h>

namespace goodfit {

struct LbfgsNeedsFullBatch {
  static constexpr Card card{"lbfgs_needs_full_batch",
                             "lbfgs takes noise between batches for curvature."};

  static Findings look(const Subject& subject) {
    const Recipe& recipe = subject.recipe;
    if (*subject.optimizer.find("type")->text() != "lbfgs" || !subject.train) return {};
    const Size all = subject.train->count(), seen = recipe.batch * recipe.accumulate;
    if (seen >= all) return {};
    return {{"optimizer (lbfgs)",
             fmt::format("it steps by {} of {} training samples and takes the differences of "
                         "batches for curvature",
                         seen, all),
             fmt::format("take batch = {} or let accumulate make up for it, or another optimizer",
                         all)}};
  }
};

}  // namespace goodfit
