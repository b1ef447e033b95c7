// Prodigy: Adam that finds its own lr, from how far the weights have come.
//
//   δ = d η b           η the lr, a factor; b = √(1 − β₂ᵗ) / (1 − β₁ᵗ) with bias_correction, else 1
//   m ← β₁ m + (1 − β₁) d g          v ← β₂ v + (1 − β₂) d² g²
//   s ← β₃ s + d / d₀ · δ g          d / d₀ · d g with safeguard_warmup
//   n ← β₃ n + d / d₀ · δ ⟨g, w₀ − w⟩     over all weights; w₀ the weights at the start
//   e = d_coef n / ‖s‖₁              while d = d₀: d ← max(d, e)
//   d ← largest of d₀ and all e so far, at most growth_rate d       d₀ at the start
//   w ← w − δ λ w                    λ weight_decay; δ still of the old d
//   w ← w − δ m / (√v + d ε)
//
// Leave the lr at 1, with a cosine schedule to 0 or none; d grows to about the lr that adamw would
// need. β₃ = √β₂ where beta3 is 0. Source: Mishchenko & Defazio 2023, "Prodigy: An Expeditiously
// Adaptive Parameter-Free Learner", arXiv:2306.06101, alg. 4; order, defaults and the maximum as in
// its reference code, weight decay decoupled.
#pragma once
#include <algorithm>
#include <cmath>

#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Prodigy {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double beta3 = 0;
  double eps = 1e-8;
  double weight_decay = 0;
  double d0 = 1e-6;
  double d_coef = 1;
  double growth_rate = 0;
  bool bias_correction = false;
  bool safeguard_warmup = false;

  static constexpr Card card{"prodigy", "Adam that finds its own lr; leave the lr at 1."};
  static constexpr auto fields() {
    using P = Prodigy;
    return Fields{
        field("beta1", &P::beta1, share, "share of the old mean gradient kept at each step"),
        field("beta2", &P::beta2, share, "share of the old mean square kept at each step"),
        field("beta3", &P::beta3, share, "share of the old evidence kept; 0: the root of beta2"),
        field("eps", &P::eps, above(0), "added to the root, against division by zero"),
        field("weight_decay", &P::weight_decay, at_least(0),
              "share of each weight removed per step and unit of what it found and lr"),
        field("d0", &P::d0, above(0), "lr to begin with; hardly matters"),
        field("d_coef", &P::d_coef, above(0), "factor on what it finds"),
        field("growth_rate", &P::growth_rate, at_least(0),
              "most that it grows by in a step, once it has left d0; 0: any"),
        field("bias_correction", &P::bias_correction, "undoes the start of the means at 0"),
        field("safeguard_warmup", &P::safeguard_warmup,
              "keeps a warmup of the lr out of the evidence"),
    };
  }

  static constexpr std::array<std::string_view, 4> memory{"start", "evidence", "momentum",
                                                          "square"};
  // d; its largest estimate; n; and the d that made this step's δ
  static constexpr std::array<std::string_view, 4> numbers{"d", "largest", "numerator", "last"};

  static constexpr std::size_t sums = 2;

  void measure(const Step& now, ConstSpan w, ConstSpan g, Memory<4> kept,
               std::span<double> to) const {
    const auto [start, evidence, direction, square] = kept;
    const double d = now.number == 1 ? d0 : now.numbers[0], step = length(now, d);
    if (now.number == 1) std::copy(w.begin(), w.end(), start.begin());  // memory comes as zeros
    const double beta = now.momentum.value_or(beta1);
    const auto old = float(beta), added = float(d * (1 - beta));
    const auto old_square = float(beta2), added_square = float(d * d * (1 - beta2));
    const auto seen = float(kept_evidence()), shown = float(d / d0 * (safeguard_warmup ? d : step));
    double way = 0, size = 0;
    for (std::size_t i = 0; i < w.size(); ++i) {
      way += double(g[i]) * (double(start[i]) - double(w[i]));
      if (now.lr > 0) {
        direction[i] = old * direction[i] + added * g[i];
        square[i] = old_square * square[i] + added_square * g[i] * g[i];
        evidence[i] = seen * evidence[i] + shown * g[i];
      }
      size += double(std::abs(evidence[i]));
    }
    to[0] = d / d0 * step * way;
    to[1] = size;
  }

  void decide(const Step& now, std::span<double> of_run) const {
    double &d = of_run[0], &largest = of_run[1], &numerator = of_run[2], &last = of_run[3];
    if (now.number == 1) d = largest = d0;
    last = d;
    numerator = kept_evidence() * numerator + now.sums[0];
    if (now.sums[1] == 0 || now.lr == 0) return;  // there never was a gradient, or none counts
    const double estimate = d_coef * numerator / now.sums[1];
    if (d == d0) d = std::max(d, estimate);
    largest = std::max(largest, estimate);
    d = growth_rate > 0 ? std::min(largest, d * growth_rate) : largest;
  }

  void update(const Step& now, Span w, ConstSpan, Memory<4> kept) const {
    if (now.sums[1] == 0) return;
    const auto [start, evidence, direction, square] = kept;
    const double step = length(now, now.numbers[3]);
    const auto rate = float(step), shrink = float(1 - step * weight_decay);
    const auto floor = float(now.numbers[0] * eps);
    for (std::size_t i = 0; i < w.size(); ++i)
      w[i] = shrink * w[i] - rate * direction[i] / (std::sqrt(square[i]) + floor);
  }

 private:
  double kept_evidence() const { return beta3 > 0 ? beta3 : std::sqrt(beta2); }
  double length(const Step& now, double d) const {
    if (!bias_correction) return d * now.lr;
    const double beta = now.momentum.value_or(beta1);
    return d * now.lr * std::sqrt(goodfit::bias_correction(beta2, now.number)) /
           goodfit::bias_correction(beta, now.number);
  }
};

}  // namespace goodfit
