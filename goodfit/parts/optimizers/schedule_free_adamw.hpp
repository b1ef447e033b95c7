// Schedule free adamw: steps of Adam's size whose mean needs no falling lr.
//
//   v ← β₂ v + (1 − β₂) g²                      g the gradient at y; v starts at 0
//   d = g / (√(v / (1 − β₂ᵗ)) + ε) + λ y        λ weight_decay
//   x, y, z as in schedule_free.hpp             with β₁ in the place of a momentum
//
// Give it a constant lr, larger than adamw's (1 to 10 times; 2.5e-3 in the reference code), and
// some warmup. The weights that are evaluated and saved are x, the trained ones y. Batch norms get
// statistics of their own for x. Source: Defazio et al. 2024, arXiv:2405.15682, alg. 1; defaults of
// its reference code.
#pragma once
#include "goodfit/parts/optimizers/schedule_free.hpp"

namespace goodfit {

struct ScheduleFreeAdamW {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  double weight_decay = 0;
  Size warmup_steps = 0;
  double r = 0;
  double weight_lr_power = 2;

  static constexpr Card card{"schedule_free_adamw",
                             "Adamw with a mean in the place of a falling lr."};
  static constexpr auto fields() {
    using S = ScheduleFreeAdamW;
    return Fields{
        field("beta1", &S::beta1, Range{0, 1, true, true}, "share of the mean in y"),
        field("beta2", &S::beta2, share, "share of the old mean square kept at each step"),
        field("eps", &S::eps, above(0), "added to the root, against division by zero"),
        field("weight_decay", &S::weight_decay, at_least(0),
              "pull towards zero, added to the direction per unit of weight"),
        field("warmup_steps", &S::warmup_steps, at_least(0), "steps in which the lr rises"),
        field("r", &S::r, at_least(0), "power of the step's number in its weight"),
        field("weight_lr_power", &S::weight_lr_power, at_least(0),
              "power of the largest lr in a step's weight"),
    };
  }

  static constexpr std::array<std::string_view, 2> memory{"z", "square"};
  static constexpr auto numbers = ScheduleFree::numbers;

  void decide(const Step& now, std::span<double> of_run) const { mean(now).decide(now, of_run); }
  void update(const Step& now, Span w, ConstSpan g, Memory<2> kept) const {
    const auto [z, square] = kept;
    const auto old = float(beta2), added = float(1 - beta2), floor = float(eps);
    const auto root = float(1 / std::sqrt(bias_correction(beta2, now.number)));
    const auto pull = float(weight_decay);
    for (std::size_t i = 0; i < w.size(); ++i) square[i] = old * square[i] + added * g[i] * g[i];
    mean(now).update(now, w, z, [&, v = square](std::size_t i, float y) {
      return g[i] / (std::sqrt(v[i]) * root + floor) + pull * y;
    });
  }
  void evaluated(const Step& now, ConstSpan w, Memory<2> kept, Span out) const {
    mean(now).evaluated(w, kept[0], out);
  }

 private:
  ScheduleFree mean(const Step& now) const {
    return {now.momentum.value_or(beta1), warmup_steps, r, weight_lr_power};
  }
};

}  // namespace goodfit
