// Testing: the value of a metric on a few rows, for the tests beside the metrics.
#pragma once
#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/parts/metrics/metric.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {

// outputs and deviations: [rows, width]. targets: [rows, target_width].
inline double measured(const Metric& metric, Size width, const std::vector<float>& outputs,
                       const std::vector<float>& targets, Size target_width = 1,
                       const std::vector<float>& deviations = {}) {
  const auto meter = metric.meter();
  meter->add({outputs, targets, Size(outputs.size()) / width, width, target_width, deviations});
  return meter->value();
}

// Logits of these probabilities, which softmax gives back.
inline std::vector<float> logits_of(const std::vector<double>& probabilities) {
  std::vector<float> logits;
  for (const double p : probabilities) logits.push_back(float(std::log(p)));
  return logits;
}

// Found 0 0 0 1 2 2, wanted 0 0 1 2 1 2.
inline const std::vector<float> six_outputs{9, 0, 0, 9, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 9};
inline const std::vector<float> six_targets{0, 0, 1, 2, 1, 2};

}  // namespace goodfit
