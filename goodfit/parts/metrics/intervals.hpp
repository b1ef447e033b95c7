// Intervals: what metrics of noise share; where a model that tells its noise expects a target.
//
//   μ ± z σ,  erf(z / √2) = level        the middle of a normal that holds this share of it
#pragma once
#include <numbers>

#include "goodfit/parts/metrics/numbers.hpp"

namespace goodfit {

inline constexpr Range level_range{0, 1, true, true};
inline constexpr std::string_view level_about =
    "share of the targets that the interval should hold";

// z
inline double deviations_of(double level) {
  double low = 0, high = 40;  // erf there is 1
  for (int halving = 0; halving < 64; ++halving) {
    const double middle = 0.5 * (low + high);
    (std::erf(middle / std::numbers::sqrt2) < level ? low : high) = middle;
  }
  return high;
}

// Throws Error unless there are deviations, and outputs and targets are equally wide.
inline void check_noise(std::string_view metric, const Outcome& outcome) {
  check_numbers(metric, outcome);
  if (outcome.deviations.size() < outcome.outputs.size())
    fail("{} needs a model that tells its noise: take the loss gaussian_nll", metric);
}

// Adds term(i, z σ) of each target i. Throws Error unless the model tells its noise.
template <class Term>
void add_intervals(std::string_view metric, double level, const Outcome& outcome, MeanState& state,
                   const Term& term) {
  check_noise(metric, outcome);
  const double z = deviations_of(level);
  for (std::size_t i = 0; i < std::size_t(outcome.rows * outcome.width); ++i)
    state.add(term(i, z * double(outcome.deviations[i])));
}

}  // namespace goodfit
