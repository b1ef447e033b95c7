// Lbfgs: goes where the minimum would be, were the curvature that of the last steps.
//
//   s = w − w of the step before    y = g − g of the step before    kept if s·y > 1e-10, the last m
//   q = g       newest to oldest:   α_i = s_i·q / s_i·y_i,   q ← q − α_i y_i             m history
//   r = γ q     oldest to newest:   r ← r + (α_i − y_i·r / s_i·y_i) s_i       γ = s·y / y·y, newest
//   w ← w − η r                     η the lr; the first step is η min(1, 1 / ‖g‖₁) g
//   no step where all |g| ≤ tolerance_grad, or g·r < tolerance_change
//
// For full batches: the batch, or `accumulate` of them, holds all samples that are trained on, and
// nothing is random in a step: no dropout, no noise, no transforms. There, and with an lr of 1 or
// somewhat less, it needs tens of steps where others need thousands. There is no line search: where
// the loss rises, lower the lr. It keeps 2 (m + 1) numbers for each weight.
//
// All products are of all weights. r is a sum of s_i, y_i and g, whose factors follow from the
// products of these vectors alone; so each step goes over the vectors only twice. Source: Nocedal &
// Wright 2006, "Numerical Optimization", alg. 7.4 and 7.5; the products: Byrd, Nocedal & Schnabel
// 1994, "Representations of quasi-Newton matrices"; first step, tolerances and what is kept as in
// PyTorch's LBFGS without line search and with max_iter = 1, whose history is 100.
#pragma once
#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct Lbfgs {
  Size history = 10;
  double tolerance_grad = 1e-7;
  double tolerance_change = 1e-9;

  static constexpr Card card{"lbfgs", "Takes the curvature from its last steps; for full batches."};
  static constexpr auto fields() {
    return Fields{
        field("history", &Lbfgs::history, at_least(1), "m: steps that it knows the curvature from"),
        field("tolerance_grad", &Lbfgs::tolerance_grad, at_least(0),
              "largest gradient of a weight where it stays"),
        field("tolerance_change", &Lbfgs::tolerance_change, at_least(0),
              "least gain that it steps for, to first order with an lr of 1"),
    };
  }

  // A place for each pair s, y that counts and for the one that is made: till the next step that
  // one holds w and g.
  std::vector<std::string> memory() const;
  std::size_t sums() const { return 4 * places() + 3; }
  std::size_t numbers() const { return 3 + 2 * places() + 2 * places() * places(); }

  void measure(const Step& now, ConstSpan w, ConstSpan g, std::span<const Span> kept,
               std::span<double> to) const;
  void decide(const Step& now, std::span<double> of_run) const;
  void update(const Step& now, Span w, ConstSpan g, std::span<const Span> kept) const;

 private:
  std::size_t places() const { return std::size_t(history) + 1; }
};

}  // namespace goodfit
