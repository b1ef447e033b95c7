// OneCycle: the lr rises once and then falls far below its start, while momentum does the opposite.
//
//   phase 1:  steps 0 … a,     a = pct · steps − 1:    max / div → max,    momentum high → low
//   phase 2:  steps a … last,  last = steps − 1:       max → max / div / final_div,    low → high
//   between p and q at share u of a phase:  cos     q + ½ (p − q) (1 + cos π u)
//                                           linear  p + (q − p) u
//
// Moves per step. Allows a `max` several times higher than a constant lr and so trains in few
// epochs; take `max` from an lr range test. Momentum replaces momentum or beta1 of the optimizer.
// Source: Smith & Topin 2018, "Super-Convergence", arXiv:1708.07120; two phases as in PyTorch's
// OneCycleLR.
#pragma once
#include <algorithm>
#include <cmath>
#include <numbers>

#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct OneCycle {
  double max = 1e-3;
  double pct = 0.3;
  double div = 25;
  double final_div = 1e4;
  std::string anneal = "cos";
  bool cycle_momentum = true;
  double base_momentum = 0.85;
  double max_momentum = 0.95;

  static constexpr Card card{"one_cycle", "One rise and a long fall of the lr; moves per step."};
  static constexpr auto fields() {
    return Fields{
        field("max", &OneCycle::max, at_least(0), "highest lr, at the end of the rise"),
        field("pct", &OneCycle::pct, within(0, 1), "share of the steps spent on the rise"),
        field("div", &OneCycle::div, above(0), "highest lr divided by the first"),
        field("final_div", &OneCycle::final_div, above(0), "first lr divided by the last"),
        field("anneal", &OneCycle::anneal, Choices{"cos", "linear"}, "form of rise and fall"),
        field("cycle_momentum", &OneCycle::cycle_momentum, "moves the momentum against the lr"),
        field("base_momentum", &OneCycle::base_momentum, share, "momentum at the highest lr"),
        field("max_momentum", &OneCycle::max_momentum, share, "momentum at the start and the end"),
    };
  }

  double at(const Moment& moment) const {
    return between(moment, max / div, max, max / div / final_div);
  }
  std::optional<double> momentum(const Moment& moment) const {
    if (!cycle_momentum) return std::nullopt;
    return between(moment, max_momentum, base_momentum, max_momentum);
  }

 private:
  double between(const Moment& moment, double first, double top, double last) const {
    const double t = double(moment.step), end = double(moment.steps - 1);
    const double turn = pct * double(moment.steps) - 1;
    if (t <= turn) return mix(first, top, turn > 0 ? t / turn : 1);
    return mix(top, last, std::min(1.0, (t - turn) / (end - turn)));
  }
  double mix(double from, double to, double u) const {
    if (anneal == "linear") return from + (to - from) * u;
    return to + 0.5 * (from - to) * (1 + std::cos(std::numbers::pi * u));
  }
};

}  // namespace goodfit
