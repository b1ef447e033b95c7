// Lookahead: another optimizer explores, and slow weights follow it a part of the way.
//
//   w ← one step of `optimizer`
//   every k steps:   s ← s + α (w − s),   w ← s       s slow weights, which begin as w; α, k every
//
// Evens out what a fast rule with a long step does wrong, and makes its settings matter less.
// The memory of the optimizer goes on as it is. Source: Zhang et al. 2019, "Lookahead Optimizer:
// k steps forward, 1 step back", arXiv:1907.08610, alg. 1.
#pragma once
#include "goodfit/parts/optimizers/adam.hpp"

namespace goodfit {

struct Lookahead {
  Optimizer optimizer = Adam{};
  Size every = 5;
  double alpha = 0.5;

  static constexpr Card card{"lookahead", "Slow weights that follow another optimizer."};
  static constexpr auto fields() {
    return Fields{
        field("optimizer", &Lookahead::optimizer, "the one that explores"),
        field("every", &Lookahead::every, at_least(1), "steps from one meeting to the next"),
        field("alpha", &Lookahead::alpha, within(0, 1), "part of the way that is followed"),
    };
  }
  std::string conflict() const { return steering_conflict(memory, optimizer); }

  static constexpr std::array<std::string_view, 1> memory{"slow"};
  const Optimizer& wraps() const { return optimizer; }

  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept,
              const Span* of_optimizer) const {
    const auto [slow] = kept;
    if (now.number == 1) std::copy(w.begin(), w.end(), slow.begin());  // memory comes as zeros
    optimizer.update(now, w, g, of_optimizer);
    if (now.number % every != 0) return;
    const auto part = float(alpha);
    for (std::size_t i = 0; i < w.size(); ++i) w[i] = slow[i] += part * (w[i] - slow[i]);
  }
};

}  // namespace goodfit
