// Temperature fit: the temperature that a run's validation samples ask for.
//
//   classes  T = argmin Σ_i −log softmax(z_i / T)[t_i]: convex in 1 / T, found by Newton's steps
//   noise    T² = mean of ((y − μ) / σ)²: where the likelihood of the normal is largest
//
//   z: [rows, classes], or [rows, 1] of yes or no   t: [rows, 1]   y, μ, σ: [rows, targets]
//
// The error is one standard deviation, from the curvature of the likelihood. For a net whose
// probabilities are too sure or not sure enough: most that were trained to the end without
// regularization. It changes neither the largest class nor μ, and is known by the samples that the
// epoch was chosen by, so look at what it does to test samples. Of samples unlike those of
// the data it knows nothing. Source: Guo et al. 2017, arXiv:1706.04599, section 4.2; for noise Levi
// et al. 2019, arXiv:1905.11659.
#pragma once
#include "goodfit/parts/metrics/metric.hpp"
#include "goodfit/train/trainer/run.hpp"

namespace goodfit {

struct Fitted {
  double temperature = 1, error = 0;
};
// Throws Error when no temperature is best: all rows are right, so that ever surer is ever better,
// or the logits are no better than a guess.
Fitted fit_to_classes(const Outcome& logits);
// Throws Error when the targets are hit exactly.
Fitted fit_to_noise(const Outcome& outcome);

struct TemperatureFit : Fitted {
  struct Seen {
    std::string split;     // "validation", "test"
    Size rows = 0;         // samples; of sequences their steps, of labels each
    Scores before, after;  // at T = 1 and at the fitted one: log_loss and ece; of noise coverage of
                           // 90 % and interval_width
  };
  std::vector<Seen> seen;
};
// Of a run whose data can be read; the run stays as it is, until run.set_temperature(T). Throws
// Error without validation samples, and for outputs that do not say how sure they are.
TemperatureFit fit_temperature(const Run& run, int threads = 0);

}  // namespace goodfit
