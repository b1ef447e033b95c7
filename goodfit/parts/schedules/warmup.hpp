// Warmup: another schedule, with a rise in front of it.
//
//   η(t) = schedule(0) · (start + (1 − start) · (t + 1) / k)       t < k, k steps
//   η(t) = schedule(t − k), as if its run began then               otherwise
//
// Moves per step while it rises, and then as the schedule does. A short rise lets adaptive
// optimizers find the size of the gradients, and batch statistics settle, before steps become long;
// 1 to 5 % of the run is usual. Source: Goyal et al. 2017, "Accurate, Large Minibatch SGD",
// arXiv:1706.02677, section 2.2; PyTorch's SequentialLR of a LinearLR and another.
#pragma once
#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct Warmup {
  Schedule schedule = 1e-3;
  Size steps = 100;
  double start = 0;

  static constexpr Card card{"warmup", "A linear rise before another schedule; moves per step."};
  static constexpr auto fields() {
    return Fields{
        field("schedule", &Warmup::schedule, "what follows the rise"),
        field("steps", &Warmup::steps, at_least(0), "steps of the rise"),
        field("start", &Warmup::start, within(0, 1), "share of its first lr that the rise leaves"),
    };
  }

  double at(const Moment& moment) const {
    const double lr = schedule.at(rest(moment));
    if (moment.step >= steps) return lr;
    return lr * (start + (1 - start) * double(moment.step + 1) / double(steps));
  }
  std::optional<double> momentum(const Moment& moment) const {
    return schedule.momentum(rest(moment));
  }

 private:
  Moment rest(const Moment& moment) const { return moment.within(steps, moment.steps); }
};

}  // namespace goodfit
