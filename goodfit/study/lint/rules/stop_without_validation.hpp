// StopWithoutValidation: a patience or a target without held-out samples.
//
// Early stopping waits for the validation loss to rise. Without validation samples there is none,
// the last epoch counts as the best, and neither patience nor target ever acts. Source: the
// trainer; Prechelt 1998, "Early Stopping, But When?", section 2.
#pragma once
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct StopWithoutValidation {
  static constexpr Card card{"stop_without_validation",
                             "Without validation nothing says when to stop."};

  static Findings look(const Subject& subject) {
    const Stop& stop = subject.recipe.stop;
    if ((stop.patience == 0 && !stop.target) || subject.recipe.split.validation > 0) return {};
    return {{"stop", "split.validation = 0 leaves nothing to choose an epoch by: it never stops",
             "set split.validation = 0.1, or leave patience and target out"}};
  }
};

}  // namespace goodfit
