// Schedule free sgd: steps of sgd whose mean needs no falling lr.
//
//   d = g + λ y                                 λ weight_decay; g the gradient at y
//   x, y, z as in schedule_free.hpp             with β momentum
//
// Give it a constant lr, larger than sgd's (1 to 10 times); no end of training need be known. The
// weights that are evaluated and saved are x, the trained ones y. Batch norms get statistics of
// their own for x. Source: Defazio et al. 2024, arXiv:2405.15682; defaults of its reference code.
#pragma once
#include "goodfit/parts/optimizers/schedule_free.hpp"

namespace goodfit {

struct ScheduleFreeSgd {
  double momentum = 0.9;
  double weight_decay = 0;
  Size warmup_steps = 0;
  double r = 0;
  double weight_lr_power = 2;

  static constexpr Card card{"schedule_free_sgd", "Sgd with a mean in the place of a falling lr."};
  static constexpr auto fields() {
    using S = ScheduleFreeSgd;
    return Fields{
        field("momentum", &S::momentum, Range{0, 1, true, true}, "share of the mean in y"),
        field("weight_decay", &S::weight_decay, at_least(0),
              "pull towards zero, added to the gradient per unit of weight"),
        field("warmup_steps", &S::warmup_steps, at_least(0), "steps in which the lr rises"),
        field("r", &S::r, at_least(0), "power of the step's number in its weight"),
        field("weight_lr_power", &S::weight_lr_power, at_least(0),
              "power of the largest lr in a step's weight"),
    };
  }

  static constexpr std::array<std::string_view, 1> memory{"z"};
  static constexpr auto numbers = ScheduleFree::numbers;

  void decide(const Step& now, std::span<double> of_run) const { mean(now).decide(now, of_run); }
  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept) const {
    const auto pull = float(weight_decay);
    mean(now).update(now, w, kept[0], [&](std::size_t i, float y) { return g[i] + pull * y; });
  }
  void evaluated(const Step& now, ConstSpan w, Memory<1> kept, Span out) const {
    mean(now).evaluated(w, kept[0], out);
  }

 private:
  ScheduleFree mean(const Step& now) const {
    return {now.momentum.value_or(momentum), warmup_steps, r, weight_lr_power};
  }
};

}  // namespace goodfit
