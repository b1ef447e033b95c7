// IdleSchedule: a schedule that never moves the lr in as many epochs as there are.
//
// Its first fall lies behind the end of the run: step.every, all milestones, or the patience of a
// plateau. Found by asking the schedule for the lr of every epoch. Source: the schedules' formulas.
#pragma once
#include <fmt/core.h>

#include "goodfit/parts/schedules/constant.hpp"
#include "goodfit/parts/schedules/reduce_on_plateau.hpp"
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct IdleSchedule {
  static constexpr Card card{"idle_schedule", "The run is over before the schedule acts."};

  static Findings look(const Subject& subject) {
    const Recipe& recipe = subject.recipe;
    if (subject.lr.as<ConstantSchedule>() || recipe.epochs < 2) return {};
    // Of a plateau only the patience can be known before there are losses.
    const auto* plateau = subject.lr.as<ReduceOnPlateau>();
    if (plateau && plateau->patience + 2 < recipe.epochs) return {};
    const std::vector<double> lrs = subject.lrs();
    for (const double lr : lrs)
      if (lr != lrs.front()) return {};
    return {{"lr",
             fmt::format("{} leaves it at {:.3g} in all {} epochs", subject.lr.key(), lrs.front(),
                         recipe.epochs),
             "let it act earlier, train longer, or write the number"}};
  }
};

}  // namespace goodfit
