// Cyclic: the lr goes up and down between two borders, while momentum does the opposite.
//
//   c     = 1 + ⌊t / (up + down)⌋                    cycle, 1 for the first; t the step
//   s     = 0 → 1 in `up` steps, 1 → 0 in `down`     how far up it is, in straight lines
//   f     = 1            triangular                  how much of the height is left
//           ½^(c − 1)    triangular2
//           γ^t          exp_range
//   η     = base + (max − base) s f
//   μ     = max_momentum − (max_momentum − base_momentum) s f
//
// Moves per step. Half a cycle of 2 to 10 epochs is usual; the borders come from an lr range test.
// Source: Smith 2017, "Cyclical Learning Rates for Training Neural Networks", arXiv:1506.01186;
// PyTorch's CyclicLR, where up and down are step_size_up and step_size_down.
#pragma once
#include <cmath>

#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct Cyclic {
  double max = 1e-3;
  double base = 0;
  Size step_size_up = 2000;
  Size step_size_down = 0;
  std::string mode = "triangular";
  double gamma = 1;
  bool cycle_momentum = true;
  double base_momentum = 0.8;
  double max_momentum = 0.9;

  static constexpr Card card{"cyclic", "Up and down between two lrs; moves per step."};
  static constexpr auto fields() {
    return Fields{
        field("max", &Cyclic::max, at_least(0), "upper border of the lr"),
        field("base", &Cyclic::base, at_least(0), "lower border, where it begins"),
        field("step_size_up", &Cyclic::step_size_up, at_least(1), "steps of a rise"),
        field("step_size_down", &Cyclic::step_size_down, at_least(0),
              "steps of a fall; 0 is as many as of a rise"),
        field("mode", &Cyclic::mode, Choices{"triangular", "triangular2", "exp_range"},
              "cycles as high as the first, half as high as the last, or shrinking by gamma"),
        field("gamma", &Cyclic::gamma, within(0, 1), "factor of the height per step of exp_range"),
        field("cycle_momentum", &Cyclic::cycle_momentum, "moves the momentum against the lr"),
        field("base_momentum", &Cyclic::base_momentum, share, "momentum at the upper border"),
        field("max_momentum", &Cyclic::max_momentum, share, "momentum at the lower border"),
    };
  }

  double at(const Moment& moment) const { return base + (max - base) * height(moment); }
  std::optional<double> momentum(const Moment& moment) const {
    if (!cycle_momentum) return std::nullopt;
    return max_momentum - (max_momentum - base_momentum) * height(moment);
  }

 private:
  double height(const Moment& moment) const {
    const double t = double(moment.step), up = double(step_size_up);
    const double down = step_size_down > 0 ? double(step_size_down) : up;
    const double cycle = std::floor(t / (up + down)), inside = t - cycle * (up + down);
    const double scale = inside <= up ? inside / up : (up + down - inside) / down;
    if (mode == "triangular2") return scale * std::exp2(-cycle);
    return mode == "exp_range" ? scale * std::pow(gamma, t) : scale;
  }
};

}  // namespace goodfit
