// PlateauOutlastsStop: a reduce_on_plateau that waits longer than early stopping does.
//
//   the lr falls after patience + 1 bad epochs;   training stops after stop.patience of them
//
// Then the run has ended before the lr could fall, which is what the plateau was for. Source: both
// rules, in parts/schedules/reduce_on_plateau.hpp and the trainer.
#pragma once
#include <fmt/core.h>

#include <algorithm>

#include "goodfit/parts/schedules/reduce_on_plateau.hpp"
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct PlateauOutlastsStop {
  static constexpr Card card{"plateau_outlasts_stop", "Training stops before the lr can fall."};

  static Findings look(const Subject& subject) {
    const Stop& stop = subject.recipe.stop;
    const auto* plateau = subject.lr.as<ReduceOnPlateau>();
    if (!plateau || stop.patience == 0 || stop.monitor != "loss") return {};
    if (stop.patience > plateau->patience + 1) return {};
    return {{"stop",
             fmt::format("patience = {} ends the run before the lr falls, after {} bad epochs",
                         stop.patience, plateau->patience + 1),
             fmt::format("set stop.patience = {} or lr.patience = {}", 2 * plateau->patience + 2,
                         std::max<Size>(0, stop.patience / 2 - 1))}};
  }
};

}  // namespace goodfit
