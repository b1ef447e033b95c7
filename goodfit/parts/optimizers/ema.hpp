// Ema: trains by another optimizer and evaluates a moving average of the weights.
//
//   w ← one step of `optimizer`
//   a ← d a + (1 − d) w             d decay; a begins as the weights after the first step
//   d = min(decay, (1 + t) / (10 + t))   with warmup: t the number of the step
//
// What is evaluated and saved as the best model is a; training goes on with w. It evens out the
// last steps as a falling lr would, at no cost but memory. Choose decay so that 1 / (1 − decay)
// steps are a part of an epoch up to some; warmup lets the average begin short. Batch norms get
// statistics of their own for a. Source: Polyak & Juditsky 1992, "Acceleration of Stochastic
// Approximation by Averaging"; the moving form and its warmup as in TensorFlow's
// ExponentialMovingAverage.
#pragma once
#include "goodfit/parts/optimizers/adam.hpp"

namespace goodfit {

struct Ema {
  Optimizer optimizer = Adam{};
  double decay = 0.999;
  bool warmup = false;

  static constexpr Card card{"ema", "Evaluates a moving average of the weights."};
  static constexpr auto fields() {
    return Fields{
        field("optimizer", &Ema::optimizer, "the one that trains"),
        field("decay", &Ema::decay, share, "share of the old average kept at each step"),
        field("warmup", &Ema::warmup, "keeps less of it in the first steps"),
    };
  }
  std::string conflict() const { return steering_conflict(memory, optimizer); }

  static constexpr std::array<std::string_view, 1> memory{"average"};
  const Optimizer& wraps() const { return optimizer; }

  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept,
              const Span* of_optimizer) const {
    const auto [average] = kept;
    optimizer.update(now, w, g, of_optimizer);
    const double t = double(now.number);
    const double old = now.number == 1 ? 0 : warmup ? std::min(decay, (1 + t) / (10 + t)) : decay;
    const auto added = float(1 - old);
    for (std::size_t i = 0; i < w.size(); ++i) average[i] += added * (w[i] - average[i]);
  }
  void evaluated(const Step&, ConstSpan, Memory<1> kept, Span out) const {
    std::copy(kept[0].begin(), kept[0].end(), out.begin());
  }
};

}  // namespace goodfit
