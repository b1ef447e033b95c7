// LinearSchedule: the lr goes from one value to another in a straight line.
//
//   η(t) = start + (end − start) · min(1, t / steps)       t the step, 0 for the first
//
// Moves per step. Down to 0 it is the usual end of fine-tuning; upwards it is the rise of a
// sequence. Source: PyTorch's LinearLR, with total_iters = steps, start = lr · start_factor and
// end = lr · end_factor.
#pragma once
#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct LinearSchedule {
  double start = 1e-3;
  double end = 0;

  static constexpr Card card{"linear",
                             "From one lr to another in a straight line; moves per step."};
  static constexpr auto fields() {
    return Fields{
        field("start", &LinearSchedule::start, at_least(0), "lr of the first step"),
        field("end", &LinearSchedule::end, at_least(0), "lr that the last step comes close to"),
    };
  }

  double at(const Moment& moment) const {
    return start + (end - start) * std::min(1.0, double(moment.step) / double(moment.steps));
  }
};

}  // namespace goodfit
