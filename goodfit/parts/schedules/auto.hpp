// Auto: another schedule, as high as the lr that is found before the first step.
//
//   lr = "auto"                                      a constant lr
//   lr = { auto = "one_cycle" }                      a schedule whose highest lr is found
//   lr = { auto = { cyclic = { step_size_up = 200 } } }    both of its borders
//   1. range test: one step at each of `steps` lrs,  lr_i = low (high / low)^(i / (steps − 1))
//   2. trials: `trial_steps` steps with the schedule squeezed into them, at each lr that the losses
//      suggest and at three times and a third of it; the lowest validation loss decides
//   3. weights, optimizer memory and counters are put back to what they were, and training begins
//
// For a first run on new data. The run's recipe.toml has the schedule with the number that was
// found, so that repeating or resuming it tests nothing again; until then, moves per step or per
// epoch as its schedule does. `goodfit lr-find` shows the curve. Source: Smith 2017, "Cyclical
// Learning Rates for Training Neural Networks", arXiv:1506.01186, section 3.3.
#pragma once
#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct Auto {
  Schedule schedule = 1e-3;
  double low = 1e-7;
  double high = 10;
  Size steps = 100;
  Size trial_steps = 100;

  static constexpr Card card{
      "auto", "As high as a range test finds before the first step; per step or per epoch."};
  static constexpr auto fields() {
    return Fields{
        field("schedule", &Auto::schedule, "what gets the lr that is found"),
        field("low", &Auto::low, above(0), "first lr of the range test"),
        field("high", &Auto::high, above(0), "last lr of the range test"),
        field("steps", &Auto::steps, within(20, 10000), "steps of the range test"),
        field("trial_steps", &Auto::trial_steps, at_least(1), "steps of each trial"),
    };
  }
  std::string conflict() const { return low < high ? "" : "low must be below high"; }

  double at(const Moment& moment) const { return schedule.at(moment); }
  std::optional<double> momentum(const Moment& moment) const { return schedule.momentum(moment); }
};

}  // namespace goodfit
