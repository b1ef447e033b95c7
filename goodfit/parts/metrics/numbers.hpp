// Numbers: what metrics of numbers share.
#pragma once
#include <cmath>

#include "goodfit/parts/metrics/metric.hpp"

namespace goodfit {

// Throws Error unless outputs and targets are equally wide.
inline void check_numbers(std::string_view metric, const Outcome& outcome) {
  if (outcome.target_width != outcome.width)
    fail(
        "{} compares numbers: the model has {} outputs but each sample {} targets; for classes "
        "take accuracy",
        metric, outcome.width, outcome.target_width);
}

}  // namespace goodfit
