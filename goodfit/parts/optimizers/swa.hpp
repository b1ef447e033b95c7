// Swa: trains by another optimizer and evaluates the mean of the weights at the ends of epochs.
//
//   w ← one step of `optimizer`
//   a ← mean of w after each `every`-th epoch that ends behind the first `start` share of the run
//
// What is evaluated and saved as the best model is a, or w as long as there is no a. Ends in wider
// minima than w when the lr stays high, or goes up and down, while it averages: constant, or
// `sequence` of a falling lr and a constant one that begins at `start`. Batch norms get statistics
// of their own for a. Source: Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima and
// Better Generalization", arXiv:1803.05407, alg. 1.
#pragma once
#include "goodfit/parts/optimizers/sgd.hpp"

namespace goodfit {

struct Swa {
  Optimizer optimizer = Sgd{.momentum = 0.9};
  double start = 0.75;
  Size every = 1;

  static constexpr Card card{"swa", "Evaluates the mean of the weights of late epochs."};
  static constexpr auto fields() {
    return Fields{
        field("optimizer", &Swa::optimizer, "the one that trains"),
        field("start", &Swa::start, share, "share of the run before the first that counts"),
        field("every", &Swa::every, at_least(1), "epochs from one that counts to the next"),
    };
  }
  std::string conflict() const { return steering_conflict(memory, optimizer); }

  static constexpr std::array<std::string_view, 1> memory{"average"};
  const Optimizer& wraps() const { return optimizer; }

  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept,
              const Span* of_optimizer) const {
    const auto [average] = kept;
    optimizer.update(now, w, g, of_optimizer);
    const Size count = counted(now);
    if (count == 0 || now.number % (every * now.steps_of_epoch) != 0) return;
    const auto added = float(1 / double(count));
    for (std::size_t i = 0; i < w.size(); ++i) average[i] += added * (w[i] - average[i]);
  }
  void evaluated(const Step& now, ConstSpan w, Memory<1> kept, Span out) const {
    const ConstSpan shown = counted(now) > 0 ? ConstSpan(kept[0]) : w;
    std::copy(shown.begin(), shown.end(), out.begin());
  }

 private:
  // How many epochs count so far.
  Size counted(const Step& now) const {
    const Size period = every * now.steps_of_epoch, before = Size(start * double(now.steps));
    return now.number / period - std::min(now.number, before) / period;
  }
};

}  // namespace goodfit
