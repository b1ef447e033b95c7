// ReduceOnPlateau: the lr falls when the validation loss has stopped falling.
//
//   for each finished epoch with loss L:
//     L < best · (1 − threshold)  ?  best = L, bad = 0  :  bad = bad + 1
//     in cooldown                 ?  bad = 0, one epoch less of it
//     bad > patience              ?  η = max(η · factor, min), bad = 0, cooldown starts
//
// Moves per epoch and reads the whole history each time, so there is no state to save. For runs
// whose length is not known; needs a validation loss that is not too noisy for `patience`. Source:
// PyTorch's ReduceLROnPlateau (mode min, threshold relative).
#pragma once
#include <algorithm>
#include <limits>

#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct ReduceOnPlateau {
  double base = 1e-3;
  double factor = 0.1;
  Size patience = 10;
  double threshold = 1e-4;
  Size cooldown = 0;
  double min = 0;

  static constexpr Card card{
      "reduce_on_plateau", "Falls when the validation loss has stopped falling; moves per epoch."};
  static constexpr auto fields() {
    return Fields{
        field("base", &ReduceOnPlateau::base, at_least(0), "lr of the first epochs"),
        field("factor", &ReduceOnPlateau::factor, share, "factor of each fall"),
        field("patience", &ReduceOnPlateau::patience, at_least(0),
              "epochs without progress that are borne before a fall"),
        field("threshold", &ReduceOnPlateau::threshold, share,
              "share of the best loss that counts as progress"),
        field("cooldown", &ReduceOnPlateau::cooldown, at_least(0),
              "epochs after a fall in which none is counted"),
        field("min", &ReduceOnPlateau::min, at_least(0), "lowest lr"),
    };
  }

  double at(const Moment& moment) const {
    constexpr double least_change = 1e-8;  // PyTorch's eps: smaller falls are not made
    double lr = base, best = std::numeric_limits<double>::infinity();
    Size bad = 0, cooling = 0;
    for (const double loss : moment.history) {
      const bool better = loss < best * (1 - threshold);  // never true for NaN
      if (better) best = loss;
      bad = better ? 0 : bad + 1;
      if (cooling > 0) --cooling, bad = 0;
      if (bad <= patience) continue;
      const double lower = std::max(lr * factor, min);
      if (lr - lower > least_change) lr = lower;
      cooling = cooldown;
      bad = 0;
    }
    return lr;
  }
};

}  // namespace goodfit
