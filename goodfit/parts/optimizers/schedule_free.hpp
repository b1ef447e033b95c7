// Schedule free: what schedule_free_sgd and schedule_free_adamw share.
//
//   η_t = η min(1, t / warmup_steps)                t from 1
//   u_t = t^r (max of all η so far)^p               p weight_lr_power: weight of z_t in the mean
//   c_t = u_t / Σ u
//   z ← z − η_t d                                   d the direction, taken at y
//   x ← (1 − c_t) x + c_t z                         their mean: what is evaluated
//   y ← (1 − β) z + β x                             where gradients are taken: the trained weights
//
// Only y and z are kept: x = y + (1 − 1 / β)(z − y), so that
//   y ← y + c_t (z − y) + η_t (β (1 − c_t) − 1) d, with z of before the step.
// Source: Defazio et al. 2024, "The Road Less Scheduled", arXiv:2405.15682, eq. 3 to 5 and alg. 1;
// warmup, weights and their defaults as in its reference code, schedule_free 1.4.
#pragma once
#include <algorithm>

#include "goodfit/parts/optimizers/optimizer.hpp"

namespace goodfit {

struct ScheduleFree {
  double beta;
  Size warmup_steps;
  double r, weight_lr_power;

  static constexpr std::array<std::string_view, 2> numbers{"largest_lr", "sum_of_weights"};

  double lr(const Step& now) const {
    return now.lr * std::min(1.0, double(now.number) / double(std::max<Size>(1, warmup_steps)));
  }
  double weight(const Step& now, double largest) const {
    return std::pow(double(now.number), r) * std::pow(largest, weight_lr_power);
  }
  void decide(const Step& now, std::span<double> numbers_of_run) const {
    double &largest = numbers_of_run[0], &sum = numbers_of_run[1];
    largest = std::max(largest, lr(now));
    sum += weight(now, largest);
  }

  // `direction(i, y)` is d of the i-th weight.
  template <class Direction>
  void update(const Step& now, Span y, Span z, Direction direction) const {
    if (now.number == 1) std::copy(y.begin(), y.end(), z.begin());  // memory comes as zeros
    const double largest = now.numbers[0], sum = now.numbers[1], rate = lr(now);
    const double c = sum > 0 ? weight(now, largest) / sum : 0;
    const auto nearer = float(c), own = float(rate * (beta * (1 - c) - 1)), step = float(rate);
    for (std::size_t i = 0; i < y.size(); ++i) {
      const float d = direction(i, y[i]);
      y[i] += nearer * (z[i] - y[i]) + own * d;
      z[i] -= step * d;
    }
  }
  void evaluated(ConstSpan y, ConstSpan z, Span x) const {
    const auto part = float(1 - 1 / beta);
    for (std::size_t i = 0; i < y.size(); ++i) x[i] = y[i] + part * (z[i] - y[i]);
  }
};

}  // namespace goodfit
