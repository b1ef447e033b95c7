// Sam: another optimizer, by the gradient of the worst place near by.
//
//   first gradient g of the batch:     w₀ = w,  w ← w + ρ g / (‖g‖ + 1e-12)      ‖g‖ of all weights
//   second gradient, taken there:      w ← w₀, and one step of `optimizer` by it
//
// Looks for minima that are flat for ρ around, which generalize better; a step costs two passes
// through the net. Both see the same batch and the same dropout masks; running statistics come from
// the first alone. Source: Foret et al. 2020, "Sharpness-Aware Minimization for Efficiently
// Improving Generalization", arXiv:2010.01412, alg. 1.
#pragma once
#include "goodfit/parts/optimizers/sgd.hpp"
#include "goodfit/parts/optimizers/squared_norm.hpp"

namespace goodfit {

struct Sam {
  Optimizer optimizer = Sgd{.momentum = 0.9};
  double rho = 0.05;

  static constexpr Card card{"sam",
                             "Another optimizer, by the gradient of the worst place near by."};
  static constexpr auto fields() {
    return Fields{
        field("optimizer", &Sam::optimizer, "the one that steps"),
        field("rho", &Sam::rho, at_least(0), "ρ: distance of the place from the weights"),
    };
  }
  std::string conflict() const { return steering_conflict(memory, optimizer); }

  static constexpr Size passes = 2;
  static constexpr std::array<std::string_view, 1> memory{"here"};
  const Optimizer& wraps() const { return optimizer; }

  std::size_t sums() const { return std::max<std::size_t>(1, optimizer.sums()); }
  void measure(const Step& now, ConstSpan, ConstSpan g, Memory<1> kept, const Span* of_optimizer,
               std::span<double> to) const {
    if (now.pass == 0)
      to[0] = squared_norm(g);
    else
      optimizer.measure(now, kept[0], g, of_optimizer, to);
  }
  void decide(const Step& now, std::span<double> numbers) const {
    if (now.pass > 0) optimizer.decide(now, numbers);
  }
  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept,
              const Span* of_optimizer) const {
    const auto [here] = kept;
    if (now.pass > 0) {
      std::copy(here.begin(), here.end(), w.begin());
      return optimizer.update(now, w, g, of_optimizer);
    }
    std::copy(w.begin(), w.end(), here.begin());
    const auto away = float(rho / (std::sqrt(now.sums[0]) + 1e-12));
    for (std::size_t i = 0; i < w.size(); ++i) w[i] += away * g[i];
  }
};

}  // namespace goodfit
